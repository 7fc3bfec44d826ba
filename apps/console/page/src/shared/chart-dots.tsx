import { Link } from 'wouter';
import type { ChartDot } from './chart.tsx';
import { formatTime } from './format.ts';

export interface PlacedDot {
  readonly dot: ChartDot;
  /** Pixels from the corner of the chart. */
  readonly x: number;
  readonly y: number;
}

/** Exemplars as links above the canvas, so that mouse, keyboard and readers reach them. */
export function ChartDots(props: {
  readonly dots: readonly PlacedDot[];
  readonly format: (value: number) => string;
}) {
  return (
    <div className="chart-dots">
      {props.dots.map(({ dot, x, y }) => {
        const words = `${dot.label}: ${props.format(dot.value)} at ${formatTime(dot.timeSeconds * 1000)}`;
        return (
          <Link
            key={`${dot.href} ${dot.timeSeconds} ${dot.value}`}
            href={dot.href}
            className={dot.isStored ? 'exemplar' : 'exemplar exemplar-gone'}
            style={{ transform: `translate(${x}px, ${y}px)` }}
            title={dot.isStored ? words : `${words} (its trace is not stored)`}
            aria-label={`Trace of ${words}`}
          />
        );
      })}
    </div>
  );
}
