import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useThemeVersion } from '../shell/theme.ts';
import { ChartDots, type PlacedDot } from './chart-dots.tsx';
import { resolveColour, seriesColour } from './colours.ts';
import { formatTime } from './format.ts';

export interface ChartLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** Place among the colours; that of the line by default. */
  readonly colour?: number;
  readonly isDashed?: boolean;
}

/** An exemplar: a point that opens a trace. */
export interface ChartDot {
  readonly timeSeconds: number;
  readonly value: number;
  readonly href: string;
  readonly label: string;
  /** Whether there is something behind the link. */
  readonly isStored: boolean;
}

/** Lines over time. A range drawn with the mouse is given to `onRange`, in milliseconds since the epoch. */
export function Chart(props: {
  readonly label: string;
  readonly timesSeconds: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly dots?: readonly ChartDot[];
  readonly height: number;
  readonly format: (value: number) => string;
  readonly onRange?: (fromMs: number, toMs: number) => void;
}) {
  const { label, timesSeconds, lines, dots = [], height, format, onRange } = props;
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const [placed, setPlaced] = useState<readonly PlacedDot[]>([]);
  const newest = useRef({ dots, format, onRange });
  newest.current = { dots, format, onRange };
  const themeVersion = useThemeVersion();
  const shape = JSON.stringify(lines.map((line) => [line.label, line.colour, line.isDashed]));
  // Built anew for another shape or theme; data goes in below.
  useEffect(() => {
    const element = holder.current;
    if (!element) return;
    const built = new uPlot(
      {
        width: element.clientWidth,
        height,
        cursor: { y: false, drag: { x: onRange !== undefined, y: false, setScale: false } },
        legend: { show: false },
        scales: { y: { range: (_plot, _min, max) => [0, yMax(max, newest.current.dots)] } },
        axes: axes((value) => newest.current.format(value)),
        series: [{}, ...lines.map(toSeries)],
        hooks: {
          draw: [(self) => setPlaced(place(self, newest.current.dots))],
          setSelect: [
            (self) => {
              if (self.select.width < 8) return;
              const at = (x: number) => self.posToVal(x, 'x') * 1000;
              const { left, width } = self.select;
              newest.current.onRange?.(Math.round(at(left)), Math.round(at(left + width)));
              self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
            },
          ],
        },
      },
      toData(timesSeconds, lines),
      element,
    );
    plot.current = built;
    const resized = new ResizeObserver(() => {
      built.setSize({ width: element.clientWidth, height });
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      built.destroy();
      plot.current = null;
    };
  }, [shape, height, themeVersion]);
  // Dots move the scale too.
  useEffect(() => {
    plot.current?.setData(toData(timesSeconds, lines));
  }, [timesSeconds, lines, dots]);

  return (
    <figure className="chart" aria-label={label}>
      <div ref={holder} className="chart-plot" style={{ height }} />
      <ChartDots dots={placed} format={format} />
    </figure>
  );
}

function toSeries(line: ChartLine, index: number): uPlot.Series {
  return {
    label: line.label,
    stroke: seriesColour(line.colour ?? index),
    width: 1.5,
    points: { show: (self, at) => isAlone(self.data[at] ?? []), size: 4 },
    ...(line.isDashed && { dash: [4, 3] }),
  };
}

/** A line needs two known neighbours; where there are none, points are drawn. */
function isAlone(values: ArrayLike<number | null | undefined>): boolean {
  for (let at = 1; at < values.length; at += 1) {
    if (values[at] != null && values[at - 1] != null) return false;
  }
  return true;
}

function toData(times: readonly number[], lines: readonly ChartLine[]): uPlot.AlignedData {
  return [[...times], ...lines.map(({ values }) => [...values])];
}

function yMax(max: number | null, dots: readonly ChartDot[]): number {
  const most = dots.reduce((highest, dot) => Math.max(highest, dot.value), max ?? 0);
  return most > 0 ? most * 1.08 : 1;
}

function axes(format: (value: number) => string): uPlot.Axis[] {
  const stroke = resolveColour('--muted');
  const line = { stroke: resolveColour('--line'), width: 1 };
  const font = '11px system-ui, sans-serif';
  const shared = { stroke, grid: line, ticks: { ...line, size: 4 }, font };
  return [
    {
      ...shared,
      space: 84,
      values: (_self, times) => times.map((time) => formatTime(time * 1000).slice(0, 8)),
    },
    { ...shared, size: 68, values: (_self, values) => values.map(format) },
  ];
}

function place(self: uPlot, dots: readonly ChartDot[]): readonly PlacedDot[] {
  const { left, top, width, height } = self.bbox;
  const ratio = uPlot.pxRatio;
  return dots
    .map((dot) => ({
      dot,
      x: self.valToPos(dot.timeSeconds, 'x') + left / ratio,
      y: self.valToPos(dot.value, 'y') + top / ratio,
    }))
    .filter(
      ({ x, y }) =>
        x >= left / ratio && x <= (left + width) / ratio && y >= 0 && y <= (top + height) / ratio,
    );
}
