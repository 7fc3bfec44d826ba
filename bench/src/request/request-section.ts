import { canPin } from '../shared/child.ts';
import { describeMachine, versionsOf } from '../shared/machine.ts';
import { markdownTable } from '../shared/markdown.ts';
import { median, pairedDifference, pairedRatio } from '../shared/statistics.ts';
import { type Burst, loads, type RequestFigures } from './measure-requests.ts';
import { type RouteName, routes, type Variant, variants } from './variant.ts';

const loadTitles = {
  saturated: 'Saturated',
  half: 'Half of what the bare server takes',
  quarter: 'A quarter of it',
} as const;

/** The tables of whole requests: a section for each route, a table for each way of loading. */
export function requestSection(
  figures: RequestFigures,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): string {
  const sections = Object.entries(figures).map(
    ([route, ofRoute]) => `### ${routes[route as RouteName].title}

${loads.map((load) => `${loadTitles[load]}:\n\n${tableOf(ofRoute, load)}`).join('\n\n')}`,
  );
  return `## Whole requests

${rounds} rounds of ${seconds} s a burst, variants in turns, each time in a new process${canPin() ? ' on a core of its own' : ''}, after 2 s of warm-up;
load generator, receiver and Postgres have the other one. CPU is the server process's own, with all its threads.
Differences and ratios are medians over rounds of the same round's bare server. At a fixed rate (open loop) latency
counts from the moment that a request was due.

${sections.join('\n\n')}

${describeMachine()}; ${versionsOf(['fastify', '@opentelemetry/sdk-trace', '@opentelemetry/auto-instrumentations-node', '@fastify/otel', '@sentry/node'])}.`;
}

function tableOf(ofRoute: RequestFigures[string], load: string): string {
  const bare = ofRoute['bare']?.[load] ?? [];
  const of = (bursts: readonly Burst[], pick: (burst: Burst) => number): number[] =>
    bursts.map(pick);
  const rows = Object.entries(ofRoute).map(([variant, ofVariant]) => {
    const bursts = ofVariant[load] ?? [];
    const added = pairedDifference(of(bursts, cpu), of(bare, cpu));
    const p95Ratio = pairedRatio(of(bursts, p95), of(bare, p95));
    return [
      variants[variant as Variant].title,
      median(of(bursts, (burst) => burst.requests / burst.seconds)).toFixed(0),
      median(of(bursts, cpu)).toFixed(1),
      variant === 'bare'
        ? ''
        : `+${added.median.toFixed(1)} (${added.lower.toFixed(1)} to ${added.upper.toFixed(1)})`,
      median(of(bursts, ({ p50 }) => p50)).toFixed(2),
      `${median(of(bursts, p95)).toFixed(2)} (x${p95Ratio.median.toFixed(2)})`,
      median(of(bursts, ({ p99 }) => p99)).toFixed(2),
      median(of(bursts, ({ utilisation }) => utilisation * 100)).toFixed(0),
      (median(of(bursts, ({ residentBytes }) => residentBytes)) / 2 ** 20).toFixed(0),
      median(of(bursts, ({ dropped }) => dropped)).toFixed(0),
    ];
  });
  const head = [
    'variant',
    'requests/s',
    'CPU µs',
    'added µs (quartiles)',
    'p50 ms',
    'p95 ms (to bare)',
    'p99 ms',
    'core %',
    'RSS MiB',
    'dropped',
  ];
  return markdownTable([head, ...rows]);
}

const cpu = (burst: Burst): number => burst.cpuMicrosecondsPerRequest;
const p95 = (burst: Burst): number => burst.p95;
