import { ambiguousOf } from './accounting.ts';
import { describeFault, type Protocol } from './fault-cases.ts';
import { type Bounds, ratioOf } from './judge-row.ts';
import type { Plan } from './play-fault.ts';
import type { Row } from './suite.ts';
import { exportTimeoutMs } from './victim/start-victim.ts';

const channelNames: Readonly<Record<string, string>> = {
  'traces.otel': 'spans',
  'logs.otel': 'log records',
  'traces.sentry': 'spans → Sentry',
  'logs.sentry': 'logs → Sentry',
  'errors.sentry': 'errors → Sentry',
};

/** The document that the suite writes of a whole run. */
export function toReliabilityPage(
  rows: readonly Row[],
  { plan, bounds }: { readonly plan: Plan; readonly bounds: Bounds },
): string {
  return [
    '# Reliability',
    '',
    'Written by `npx pnpm@12 test:faults --full`; do not edit.',
    '',
    ...explain(plan, bounds),
    toTables(rows),
  ].join('\n');
}

/** The rows by protocol. */
export function toTables(rows: readonly Row[]): string {
  const chosen = [...new Set(rows.map(({ protocol }) => protocol))];
  const failed = rows.filter(({ problems }) => problems.length > 0);
  return [
    `Node.js ${process.versions.node.split('.')[0]}, ${rows.length} rows, ${failed.length} failed.`,
    '',
    ...chosen.flatMap((protocol) => tablesOf(rows, protocol)),
  ].join('\n');
}

function explain(plan: Plan, bounds: Bounds): string[] {
  return [
    'A service of Fastify and this library runs in a process of its own, under requests at a fixed arrival rate',
    `(${plan.perSecond} a second, whether answers come or not). Each request makes 11 spans, metrics, two log lines, and one`,
    'in 20 captures an error. Spans and logs go to an OTLP receiver and to Sentry, errors to Sentry, each through a proxy',
    'that plays the fault on both ways at once. Rounds without and with the fault alternate in the same process',
    `(${plan.withoutSeconds} s, and ${plan.withinSeconds} s in two halves; "gone and back" is one outage of ${plan.outageSeconds} s); then the fault is gone, the metrics are compared,`,
    'the fault plays again, and SIGTERM ends the process while it does. "no such host" cannot change while a program',
    'runs: that program has it from its start to its end, and a second one without it gives the rounds to compare with.',
    `An export may take ${exportTimeoutMs / 1_000} s with its retries here: less than a fault, so that it meets that bound, and more than the 3 s`,
    'of a shutdown, which must not wait for it.',
    '',
    'The first table of a protocol says what the service did:',
    '',
    '- **requests failed**: requests of all rounds, and those that were not answered with 200. None may fail.',
    '- **p99 ratio**: median p99 of the rounds with the fault over that of the rounds without it. **noise** is the largest',
    '  p99 of a round without the fault over the smallest: a ratio within the noise says nothing. A row fails where every',
    `  round with the fault is more than ${bounds.ratioMax} times as slow as every round without it, and over ${bounds.quietMs} ms. The`,
    '  bound is wide so that a busy machine does not break it; an event loop that stands still for 200 ms does.',
    `- **longest turn**: processor time that the service took before it let the next event in; a row fails over ${bounds.longestTurnMsMax} ms.`,
    '  It does not depend on what else the machine does, and shows an export that blocks also where the fault makes no',
    '  difference.',
    `- **held**: items of one signal that waited for one destination at most; a row fails over ${bounds.heldMax}, whatever the library`,
    '  calls its capacity.',
    '- **heap growth**: of the heap after a collection, from the end of one fault to the end of the next; in an outage over',
    `  its second half, when the queues are full. A row fails over ${kib(bounds.heapSlopeMax)} KiB a second: a batch more or less that waits is`,
    '  noise of half that size, so that such a row is played once more. **process growth**: resident memory,',
    `  from after the warm-up to the end of the last fault; a row fails over ${kib(bounds.residentGrowthMax) / 1_024} MiB.`,
    '- **shutdown**: from SIGTERM to the end of the process, while the fault plays. Telemetry has 3 s; a row fails over',
    `  ${bounds.shutdownMsMax / 1_000} s.`,
    '- **counter**: the last cumulative value received after recovery equals the value of the process. **recovery**: until',
    '  it did, from a second or so after the fault was gone. A gRPC channel that was refused waits longer and longer before',
    '  it connects again (up to two minutes), and the exporter has no setting for that.',
    '',
    'Where a row fails by a time alone (an answer that comes later than the sender waits for it is one too, without any',
    'fault as well) it is played once more, and fails if it does so again.',
    '',
    'The second table says what became of what was produced, counted where it was made and not by the library. Each item',
    'has an id. *Acknowledged* and *reported lost* (failed and dropped) are what the library says after its end; together',
    'they are what was produced, exactly, or the row fails. Acknowledged ids are among those received: what came in',
    'requests that were answered well is acknowledged, and no more is. *Ambiguous* is what was received though it was',
    'reported lost: the fault took the answer away after the receiver had the data. Only a reset in the middle of the',
    'answer, garbage and a wrong content type can do that; anywhere else a row fails over it. A batch that is sent again',
    'counts once.',
    '',
  ];
}

function tablesOf(all: readonly Row[], protocol: Protocol): string[] {
  const rows = all.filter((row) => row.protocol === protocol);
  const channels = Object.keys(channelNames);
  return [
    `## ${protocol}, and Sentry`,
    '',
    ...table(
      'fault|requests failed|p99 ratio|noise|longest turn|held|heap growth|process growth|shutdown|counter|recovery|verdict',
      rows.map((row) => serviceCells(row)),
    ),
    '',
    ...table(
      ['fault', ...channels.map((channel) => channelNames[channel])].join('|'),
      rows.map(({ fault, observation: { accounts } }) => [
        describeFault(fault, protocol),
        ...channels.map((channel) => {
          const account = accounts.find((each) => each.channel === channel);
          if (account === undefined) return '';
          const { produced, acknowledged, failed, dropped } = account;
          const ambiguous = ambiguousOf(account);
          const more = ambiguous === 0 ? '' : `, ${ambiguous} ambiguous`;
          return `${produced} = ${acknowledged} + ${failed + dropped} lost${more}`;
        }),
      ]),
    ),
    '',
  ];
}

function serviceCells({ fault, protocol, observation, problems }: Row): string[] {
  const { requests, failedRequests, longestTurnMs, heldMax, heapSlope, residentGrowth } =
    observation;
  const { ratio, noise } = ratioOf(observation);
  const { counter, shutdownMs } = observation;
  return [
    describeFault(fault, protocol),
    `${failedRequests} of ${requests}`,
    ratio.toFixed(2),
    noise.toFixed(2),
    `${Math.round(longestTurnMs)} ms`,
    String(heldMax),
    `${kib(heapSlope)} KiB/s`,
    `${(residentGrowth / 1_024 / 1_024).toFixed(1)} MiB`,
    `${(shutdownMs / 1_000).toFixed(1)} s`,
    counter === undefined ? '–' : counter.received === counter.own ? 'equal' : 'not equal',
    counter === undefined ? '–' : `${(counter.recoveryMs / 1_000).toFixed(1)} s`,
    problems.length === 0 ? 'ok' : 'FAILED',
  ];
}

function table(header: string, rows: readonly (readonly string[])[]): string[] {
  const columns = header.split('|');
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function kib(bytes: number): number {
  return Math.round(bytes / 1_024);
}
