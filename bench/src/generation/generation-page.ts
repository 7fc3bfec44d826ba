import { markdownTable } from '../shared/markdown.ts';
import type { MeasuredRun } from './measured-run.ts';

export interface GenerationReport {
  readonly command: string;
  /** The day it was measured, in UTC. */
  readonly date: string;
  readonly machine: string;
  /** Version of the server. */
  readonly postgres: string;
  readonly count: number;
  readonly seed: number;
  readonly asConfigured: MeasuredRun;
  readonly oneByOne: MeasuredRun;
}

/** The page of a measured run. */
export function generationPage(report: GenerationReport): string {
  const { command, date, machine, postgres, count, seed, asConfigured, oneByOne } = report;
  return `# A run of the procedural provider

Made by \`${command}\`: ${count} questions are requested of an empty bank, seed ${seed}. ${date}; ${machine};
PostgreSQL ${postgres} beside it on the same machine; telemetry on, sent nowhere.

## The run

${wholeTable([asConfigured, oneByOne])}

Processor time is that of question-service alone, without Postgres. Memory is the resident set's high-water mark as the
kernel keeps it, the start of the process included: it held ${megabytes(asConfigured.rssMegabytesBefore)} when it was ready to begin.

## What each stage costs

One batch at a time, so that no stage runs beside another.

${stageTable(oneByOne)}

"The rest" is planning, the lease, the account and the summary. Stages wait where their time is longer than their
processor time: for Postgres, which reads the bank for deduplication and stores batches.

## What became of the questions

${outcomeTable(asConfigured)}

The families of the procedural provider are finite: the fuller the bank, the more of what is drawn is in it already.
`;
}

const whole: readonly [string, (run: MeasuredRun) => string][] = [
  ['batches in work at once', ({ concurrency }) => `${concurrency}`],
  ['questions in a batch, at most', ({ batchSize }) => `${batchSize}`],
  ['time', ({ seconds }) => `${seconds.toFixed(1)} s`],
  ['throughput', ({ summary, seconds }) => perSecond(summary.requested / seconds, 'requested')],
  ['stored', ({ summary, seconds }) => perSecond(summary.inserted / seconds, 'stored')],
  ['processor time', ({ cpuSeconds }) => `${cpuSeconds.toFixed(1)} s`],
  ['peak memory (RSS)', ({ rssMegabytesMax }) => megabytes(rssMegabytesMax)],
  ['longest pause of the event loop', ({ longestPauseMs }) => `${longestPauseMs.toFixed(0)} ms`],
  ['99.9 % of the pauses', ({ pauseMsP999 }) => `at most ${pauseMsP999.toFixed(0)} ms`],
  ['cost of models', ({ summary }) => `$${summary.cost.usd.toFixed(2)}`],
  ['calls without a price', ({ summary }) => `${summary.cost.unpricedCalls}`],
];

function wholeTable(runs: readonly MeasuredRun[]): string {
  const head = ['', 'as configured', 'one batch at a time'];
  return markdownTable([head, ...whole.map(([title, show]) => [title, ...runs.map(show)])]);
}

function stageTable({
  stages,
  seconds,
  cpuSeconds,
  summary,
  rssMegabytesMax,
}: MeasuredRun): string {
  const entries = Object.entries(stages);
  const sum = (field: 'seconds' | 'cpuSeconds') =>
    entries.reduce((all, [, figures]) => all + figures[field], 0);
  const perQuestion = (value: number) =>
    `${((1_000 * value) / Math.max(1, summary.requested)).toFixed(2)} ms`;
  const row = (
    name: string,
    batches: string,
    took: number,
    cpu: number,
    rss: string,
    usd: string,
  ) => [
    name,
    batches,
    `${took.toFixed(1)} s`,
    `${((100 * took) / seconds).toFixed(0)} %`,
    `${cpu.toFixed(1)} s`,
    perQuestion(cpu),
    rss,
    usd,
  ];
  return markdownTable([
    [
      'stage',
      'batches',
      'time',
      'share',
      'CPU',
      'CPU per question',
      'RSS at its end, at most',
      'USD',
    ],
    ...entries.map(([name, figures]) =>
      row(
        name,
        `${figures.batches}`,
        figures.seconds,
        figures.cpuSeconds,
        megabytes(figures.rssMegabytesMax),
        usd(figures.costUsd),
      ),
    ),
    row('the rest', '', seconds - sum('seconds'), cpuSeconds - sum('cpuSeconds'), '', ''),
    row('the run', '', seconds, cpuSeconds, megabytes(rssMegabytesMax), usd(summary.cost.usd)),
  ]);
}

function outcomeTable({ summary }: MeasuredRun): string {
  const { requested, generated, approved, inserted, duplicates, rejected, failed } = summary;
  const all = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((total, each) => total + each, 0);
  return markdownTable([
    [
      'requested',
      'generated',
      'failed',
      'approved',
      'rejected',
      'exact duplicates',
      'near duplicates',
      'stored',
      'state',
    ],
    [
      requested,
      generated,
      all(failed),
      approved,
      all(rejected),
      duplicates.exact,
      duplicates.semantic,
      inserted,
      summary.state,
    ].map(String),
  ]);
}

const usd = (value: number) => `$${value.toFixed(2)}`;
const megabytes = (value: number) => `${value.toFixed(0)} MiB`;
const perSecond = (value: number, what: string) => `${value.toFixed(0)} ${what}/s`;
