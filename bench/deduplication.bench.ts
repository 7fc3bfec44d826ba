import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { migrate } from '@aiq/database/migrate';
import { embeddingDimensions, embeddingModel } from '@aiq/question-service/deduplication';
import { loadServiceConfig } from '@aiq/question-service/pipeline';
import type { createBankFiller } from './src/deduplication/bank-filler-repository.ts';
import { openDependencies } from './src/deduplication/dependencies.ts';
import type { SearchFigures } from './src/deduplication/measure-search.ts';
import type { SearchOrder } from './src/deduplication/measured-search.ts';
import { drawBank } from './src/deduplication/question-vectors.ts';
import { readPostgresVersion } from './src/postgres/dependencies.ts';
import { startThrowawayPostgres } from './src/postgres/throwaway-postgres.ts';
import { startChild } from './src/shared/child.ts';
import { describeLoad, describeMachine } from './src/shared/machine.ts';
import { markdownTable } from './src/shared/markdown.ts';
import { endTelling, tell } from './src/shared/progress.ts';

const help = `Usage: pnpm bench:deduplication [options]

Measures how long it takes, and how much memory, to compare candidates with a bank: in the memory of the
process, and in Postgres where it has pgvector. Writes bench/results/deduplication.md.

  --bank N          questions of the bank (default 100000)
  --candidates N    candidates (default 1000)
  --database-url U  an empty database on another server, by an administrator's URL; it is filled and left.
                    Without it a Postgres is started and thrown away: that one has no pgvector.
  --json            print the figures as JSON and write no file
  --help            print this

Examples:
  npx pnpm@12 bench:deduplication
  npx pnpm@12 bench:deduplication --bank 10000 --json`;

const { bankPageSize } = loadServiceConfig({}).deduplication;
const batchSize = 100;

const bothWays = 'Both ways are exact, on the same bank.';
const memoryAlone = `This Postgres has no pgvector: the search in Postgres is not measured here, only tested for the same answers, against
PGlite with pgvector. \`--database-url\` measures both ways on a server that has it.`;

interface Report {
  /** The day it was measured, in UTC. */
  readonly date: string;
  readonly machine: string;
  /** Version of the server. */
  readonly postgres: string;
  readonly bank: number;
  readonly candidates: number;
  readonly ways: Readonly<Record<string, SearchFigures>>;
}

const { values } = parseArgs({
  options: {
    bank: { type: 'string', default: '100000' },
    candidates: { type: 'string', default: '1000' },
    'database-url': { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help) console.log(help);
else await run();

async function run(): Promise<void> {
  const given = values['database-url'];
  const server = given === undefined ? await startThrowawayPostgres() : undefined;
  try {
    const report = await measure(given ?? (server?.url('aiq_bench') as string));
    if (values.json) console.log(JSON.stringify(report, undefined, 2));
    else writeReport(report);
  } finally {
    await server?.stop();
  }
}

async function measure(databaseUrl: string): Promise<Report> {
  const size = { bank: Number(values.bank), candidates: Number(values.candidates) };
  const machine = `${describeMachine()}, ${describeLoad()}`;
  await migrate(databaseUrl);
  const { bank, filler, close } = await openDependencies(databaseUrl);
  try {
    await filler.begin();
    await fill(filler, size.bank);
    const order = { databaseUrl, candidates: size.candidates, batchSize };
    const ways: Record<string, SearchFigures> = {
      'in memory': await measureWay({ ...order, way: 'in memory' }),
    };
    if (await bank.hasVectorSearch()) {
      ways['in Postgres (pgvector)'] = await measureWay({ ...order, way: 'in Postgres' });
    }
    const postgres = await readPostgresVersion(databaseUrl);
    const date = new Date().toISOString().slice(0, 10);
    return { date, machine, postgres, ...size, ways };
  } finally {
    await close();
  }
}

/** In a process of its own: its memory is not that of filling the bank. */
async function measureWay(order: SearchOrder): Promise<SearchFigures> {
  tell(`comparing ${order.candidates} candidates ${order.way}`);
  const child = startChild({ program: 'deduplication/measured-search.ts' });
  try {
    return await child.ask<SearchFigures>(order, 600_000);
  } finally {
    await child.stop();
  }
}

async function fill(filler: ReturnType<typeof createBankFiller>, count: number): Promise<void> {
  let offset = 0;
  for (const page of pagesOf(drawBank('bank', count), 500)) {
    await filler.add(embeddingModel, page, offset);
    offset += page.length;
    if (offset % 10_000 === 0) tell(`filled ${offset} of ${count} questions`);
  }
  await filler.end();
}

function* pagesOf<Entry>(entries: Iterable<Entry>, size: number): Generator<Entry[]> {
  let page: Entry[] = [];
  for (const entry of entries) {
    page.push(entry);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function writeReport(report: Report): void {
  const { ways, postgres, machine, date, bank, candidates } = report;
  const rows: [string, (figures: SearchFigures) => string][] = [
    ['comparing', ({ searchSeconds }) => `${searchSeconds.toFixed(1)} s`],
    ['slowest batch', ({ slowestBatchSeconds }) => `${slowestBatchSeconds.toFixed(2)} s`],
    ['embedding offline', ({ embeddingSeconds }) => `${embeddingSeconds.toFixed(1)} s`],
    ['processor time of the process', ({ cpuSeconds }) => `${cpuSeconds.toFixed(1)} s`],
    ['longest pause of the event loop', ({ longestPauseMs }) => `${longestPauseMs.toFixed(0)} ms`],
    ['99.9 % of the pauses', ({ pauseMsP999 }) => `at most ${pauseMsP999.toFixed(0)} ms`],
    ['vectors held', ({ vectorMegabytes }) => `${vectorMegabytes.toFixed(0)} MiB`],
    [
      'peak memory of the process (RSS)',
      ({ rssMegabytesMax }) => `${rssMegabytesMax.toFixed(0)} MiB`,
    ],
    [
      'of it before the first comparison',
      ({ rssMegabytesBefore }) => `${rssMegabytesBefore.toFixed(0)} MiB`,
    ],
    ['near-duplicates found', ({ duplicates }) => `${duplicates}`],
  ];
  const names = Object.keys(ways);
  const table = [
    ['', ...names],
    ...rows.map(([title, show]) => [title, ...Object.values(ways).map(show)]),
  ];
  const text = `# Deduplication against a large bank

Made by \`npx pnpm@12 bench:deduplication\`: ${candidates} candidates in batches of ${batchSize}, against a bank of ${bank} questions of six
types, ${embeddingDimensions} numbers a vector, exact search. In memory the first batch of a type reads the bank, ${bankPageSize} questions at a
time. ${date}; ${machine}; PostgreSQL ${postgres} beside it
on the same machine.

${markdownTable(table)}

${names.length > 1 ? bothWays : memoryAlone}
`;
  const path = join(repositoryRoot, 'bench/results/deduplication.md');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  endTelling();
  console.log(`${text}\nbench/results/deduplication.md written`);
}
