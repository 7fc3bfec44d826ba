import { describeMachine, versionsOf } from '../shared/machine.ts';
import { markdownTable } from '../shared/markdown.ts';
import type { MicroFigures } from './measure-micro.ts';

const titles: Readonly<Record<string, string>> = {
  counter: 'counter, three labels',
  histogram: 'histogram, three labels',
  gauge: 'gauge, three labels',
  span: 'span with three attributes, sampled',
  unsampledSpan: 'the same, not sampled',
  other: 'inside a span',
  disabled: 'telemetry disabled',
};

/** The table of single calls. */
export function microSection(figures: MicroFigures, rounds: number): string {
  const rows = Object.entries(figures).flatMap(([what, cases]) => {
    const ours = cases['ours']?.nanoseconds.median;
    return Object.entries(cases).map(([name, { nanoseconds, bytes }]) => [
      titles[what] ?? what,
      name,
      toText(nanoseconds.median),
      `${toText(nanoseconds.lower)} to ${toText(nanoseconds.upper)}`,
      ours === undefined ? '' : (nanoseconds.median / ours).toFixed(2),
      toText(bytes),
    ]);
  });
  const head = ['call', 'by', 'ns, median', 'quartiles', 'to ours', 'bytes'];
  return `## Single calls

Processor time of the calling thread for one call, and the heap that it takes; what is sent later, in batches, is not
in it. ${rounds} rounds, the cases of a row group in turns, after one round that is not counted.

${markdownTable([head, ...rows])}

${describeMachine()}; ${versionsOf(['@opentelemetry/sdk-trace', '@opentelemetry/sdk-metrics', 'prom-client'])}.`;
}

function toText(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
