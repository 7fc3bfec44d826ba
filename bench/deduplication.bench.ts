import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { startPostgres } from '@aiq/database/embedded';
import {
  createMemorySearch,
  createPostgresSearch,
  embeddingDimensions,
  embeddingModel,
} from '@aiq/question-service/deduplication';
import type { createBankFiller } from './src/deduplication/bank-filler-repository.ts';
import { openDependencies } from './src/deduplication/dependencies.ts';
import { measureSearch, type SearchFigures } from './src/deduplication/measure-search.ts';
import { drawBank, drawQuestions } from './src/deduplication/question-vectors.ts';

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

const threshold = 0.71;
const pageSize = 1_000;
const batchSize = 100;
let told = 0;

interface Report {
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
  const server = values['database-url'] === undefined ? await startServer() : undefined;
  try {
    const report = await measure(values['database-url'] ?? (server?.url as string));
    if (values.json) console.log(JSON.stringify(report, undefined, 2));
    else writeReport(report);
  } finally {
    await server?.stop();
  }
}

async function measure(url: string): Promise<Report> {
  const size = { bank: Number(values.bank), candidates: Number(values.candidates) };
  const { bank, filler, close } = await openDependencies(url);
  try {
    await filler.begin();
    await fill(filler, size.bank);

    const options = { bank, model: embeddingModel, threshold, pageSize };
    const candidates = drawQuestions('candidates', size.candidates);
    const progress = (way: string) => (done: number) =>
      tell(`compared ${done} of ${size.candidates} candidates ${way}`);
    const ways: Record<string, SearchFigures> = {};
    ways['in memory'] = await measureSearch(createMemorySearch(options), candidates, {
      batchSize,
      onBatch: progress('in memory'),
    });
    if (await bank.hasVectorSearch()) {
      ways['in Postgres (pgvector)'] = await measureSearch(
        createPostgresSearch(options),
        candidates,
        {
          batchSize,
          onBatch: progress('in Postgres'),
        },
      );
    }
    return {
      machine: `${cpus()[0]?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
      versions: { node: process.versions.node, postgres: await filler.readVersion() },
      ...size,
      ways,
    };
  } finally {
    await close();
  }
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

async function startServer() {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-bench-postgres-'));
  const server = await startPostgres({ dataDirectory: join(directory, 'data'), durable: false });
  return {
    url: server.url('aiq_bench'),
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function writeReport(report: Report): void {
  const { ways, versions, machine, bank, candidates } = report;
  const rows: [string, (figures: SearchFigures) => string][] = [
    ['comparing', ({ searchSeconds }) => `${searchSeconds.toFixed(1)} s`],
    ['slowest batch', ({ slowestBatchSeconds }) => `${slowestBatchSeconds.toFixed(2)} s`],
    ['embedding offline', ({ embeddingSeconds }) => `${embeddingSeconds.toFixed(1)} s`],
    ['processor time of the process', ({ cpuSeconds }) => `${cpuSeconds.toFixed(1)} s`],
    ['longest pause of the event loop', ({ longestPauseMs }) => `${longestPauseMs.toFixed(0)} ms`],
    ['vectors held', ({ vectorMegabytes }) => `${vectorMegabytes.toFixed(0)} MiB`],
    ['growth of the process', ({ grownMegabytes }) => `${grownMegabytes.toFixed(0)} MiB`],
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
types, ${embeddingDimensions} numbers a vector, exact search. In memory the first batch of a type reads the bank.

${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}

${machine}; Node ${versions.node}, PostgreSQL ${versions.postgres}.
`;
  const path = join(repositoryRoot, 'bench/results/deduplication.md');
  writeFileSync(path, text);
  process.stderr.write('\n');
  console.log(`${text}\nbench/results/deduplication.md written`);
}
