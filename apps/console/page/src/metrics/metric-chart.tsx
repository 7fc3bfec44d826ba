import { useMemo } from 'react';
import { Link } from 'wouter';
import type { MetricQueryAnswer } from '../../../src/api/contract/metrics.ts';
import { Chart } from '../shared/chart.tsx';
import { seriesClass } from '../shared/colours.ts';
import { formatTime, formatValue, shortId } from '../shared/format.ts';
import { NumberHeads } from '../shared/number-heads.tsx';
import { Empty } from '../shared/states.tsx';
import { lineLabel, lineNumbers, pickExemplars } from './metric-lines.ts';

export function MetricChart(props: {
  readonly answer: MetricQueryAnswer;
  readonly onRange: (fromMs: number, toMs: number) => void;
}) {
  const { answer, onRange } = props;
  const format = (value: number) => formatValue(value, answer.unit);
  const lines = useMemo(
    () => answer.lines.map((line) => ({ label: lineLabel(line), values: line.values })),
    [answer],
  );
  const exemplars = useMemo(() => pickExemplars(answer), [answer]);
  const dots = useMemo(() => exemplars.map(toDot), [exemplars]);
  if (answer.lines.length === 0) {
    return (
      <Empty title="Nothing was recorded in this range">
        <p>Look further back, or take filters away.</p>
      </Empty>
    );
  }
  return (
    <>
      <Chart
        label={`${answer.name} as ${answer.function}`}
        timesSeconds={answer.timesSeconds}
        lines={lines}
        dots={dots}
        height={320}
        format={format}
        onRange={onRange}
      />
      <p className="muted small">
        Steps of {answer.stepSeconds} s. Draw over the chart to look closer.
        {answer.lineCount > answer.lines.length &&
          ` The ${answer.lines.length} largest of ${answer.lineCount} lines are shown.`}
        {dots.length > 0 && ' Dots are exemplars: each opens its trace.'}
      </p>
      <LineTable answer={answer} format={format} />
      {exemplars.length > 0 && <ExemplarTable exemplars={exemplars} format={format} />}
    </>
  );
}

type Exemplars = MetricQueryAnswer['exemplars'];

function hrefOf({ traceId, spanId }: Exemplars[number]): string {
  return `/traces/${traceId}${spanId === null ? '' : `?span=${spanId}`}`;
}

function toDot(exemplar: Exemplars[number]) {
  const { timeSeconds, value, labels, traceStored } = exemplar;
  const label = Object.values(labels).join(' ') || 'exemplar';
  return { timeSeconds, value, href: hrefOf(exemplar), label, isStored: traceStored };
}

function LineTable({
  answer,
  format,
}: {
  answer: MetricQueryAnswer;
  format: (value: number) => string;
}) {
  const show = (value: number | null) => (value === null ? '–' : format(value));
  return (
    <table className="list line-table">
      <thead>
        <tr>
          <th scope="col">line</th>
          <NumberHeads names={['last', 'mean of steps', 'highest']} />
        </tr>
      </thead>
      <tbody>
        {answer.lines.map((line, index) => {
          const numbers = lineNumbers(line.values);
          const label = lineLabel(line);
          return (
            <tr key={label}>
              <th scope="row">
                <span className={`swatch ${seriesClass(index)}`} aria-hidden="true" /> {label}
              </th>
              <td className="number">{show(numbers.last)}</td>
              <td className="number">{show(numbers.mean)}</td>
              <td className="number">{show(numbers.max)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function ExemplarTable({
  exemplars,
  format,
}: {
  exemplars: Exemplars;
  format: (value: number) => string;
}) {
  const largest = [...exemplars].sort((a, b) => b.value - a.value).slice(0, 8);
  return (
    <section className="panel">
      <h3>Largest exemplars</h3>
      <table className="list">
        <thead>
          <tr>
            <NumberHeads names={['value']} />
            <th scope="col">labels</th>
            <th scope="col">time</th>
            <th scope="col">trace</th>
          </tr>
        </thead>
        <tbody>
          {largest.map((exemplar) => (
            <tr
              key={`${exemplar.traceId} ${exemplar.spanId} ${exemplar.timeSeconds} ${exemplar.value}`}
            >
              <td className="number">{format(exemplar.value)}</td>
              <td className="muted">{Object.values(exemplar.labels).join(' · ')}</td>
              <td className="mono">{formatTime(exemplar.timeSeconds * 1000)}</td>
              <td>
                {exemplar.traceStored ? (
                  <Link href={hrefOf(exemplar)} className="mono" data-exemplar={exemplar.traceId}>
                    {shortId(exemplar.traceId)}
                  </Link>
                ) : (
                  <span className="muted">not stored</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
