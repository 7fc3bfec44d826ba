import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { childEnvironment, repositoryRoot } from '@aiq/config';
import { migrate } from '@aiq/database/migrate';
import { embeddingDimensions, embeddingModel } from '@aiq/question-service/deduplication';
import { loadServiceConfig } from '@aiq/question-service/pipeline';
import { askProcess } from './src/ask-process.ts';
import type { createBankFiller } from './src/deduplication/bank-filler-repository.ts';
import { openDependencies } from './src/deduplication/dependencies.ts';
import type { SearchFigures } from './src/deduplication/measure-search.ts';
import type { SearchOrder } from './src/deduplication/measured-search.ts';
import { drawBank } from './src/deduplication/question-vectors.ts';
import { machineText } from './src/machine.ts';
import { readPostgresVersion } from './src/postgres/dependencies.ts';
import { startThrowawayPostgres } from './src/postgres/throwaway-postgres.ts';

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
let told = 0;

const bothWays = 'Both ways are exact, on the same bank.';
const memoryAlone = `This Postgres has no pgvector: the search in Postgres is not measured here, only tested for the same answers, against
PGlite with pgvector. \`--database-url\` measures both ways on a server that has it.`;

interface Report {
  /** The day it was measured, in UTC. */
  readonly date: string;
  readonly machine: string;
  readonly versions: { readonly node: string; readonly postgres: string };
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
  const machine = machineText();
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
    const versions = {
      node: process.versions.node,
      postgres: await readPostgresVersion(databaseUrl),
    };
    const date = new Date().toISOString().slice(0, 10);
    return { date, machine, versions, ...size, ways };
  } finally {
    await close();
  }
}

/** In a process of its own: its memory is not that of filling the bank. */
function measureWay(order: SearchOrder): Promise<SearchFigures> {
  const program = new URL('src/deduplication/measured-search.ts', import.meta.url);
  return askProcess(program, order, { env: childEnvironment({}), onProgress: tell });
}

async function fill(filler: ReturnType<typeof createBankFiller>, count: number): Promise<void> {
  let offset = 0;
  for (const page of pagesOf(drawBank('bank', count), 500)) {
    await filler.add(embeddingModel, page, offset);
    offset += page.length;
    tell(`filled ${offset} of ${count} questions`);
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

/** Progress, on standard error: a line that is written over on a terminal, one in ten otherwise. */
function tell(line: string): void {
  told += 1;
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  else if (told % 10 === 0) process.stderr.write(`${line}\n`);
}

function writeReport(report: Report): void {
  const { ways, versions, machine, date, bank, candidates } = report;
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
    ['---', ...names.map(() => '---')],
    ...rows.map(([title, show]) => [title, ...Object.values(ways).map(show)]),
  ];
  const text = `# Deduplication against a large bank

Made by \`npx pnpm@12 bench:deduplication\`: ${candidates} candidates in batches of ${batchSize}, against a bank of ${bank} questions of six
types, ${embeddingDimensions} numbers a vector, exact search. In memory the first batch of a type reads the bank, ${bankPageSize} questions at a
time. ${date}; ${machine}; Node ${versions.node}, PostgreSQL ${versions.postgres} beside it on the same machine.

${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}

${names.length > 1 ? bothWays : memoryAlone}
`;
  const path = join(repositoryRoot, 'bench/results/deduplication.md');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stderr.write('\n');
  console.log(`${text}\nbench/results/deduplication.md written`);
}
