import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '@aiq/config';
import { migrate } from '@aiq/database/migrate';
import { type GenerationReport, generationPage } from './src/generation/generation-page.ts';
import type { MeasuredOrder, MeasuredRun } from './src/generation/measured-run.ts';
import { readPostgresVersion } from './src/postgres/dependencies.ts';
import { startThrowawayPostgres } from './src/postgres/throwaway-postgres.ts';
import { startChild } from './src/shared/child.ts';
import { describeLoad, describeMachine } from './src/shared/machine.ts';

const help = `Usage: pnpm bench:generation [options]

Measures a run of the pipeline with the procedural provider: questions per second, memory, and what each stage
costs. Runs twice, each in a process and on an empty bank of its own: as configured, and one batch at a time, so
that the processor's time can be told by stage. Writes bench/results/procedural-run.md.

  --count N   questions asked for (default 10000)
  --seed N    of the questions (default 7)
  --json      print the figures as JSON and write no file
  --help      print this

Examples:
  npx pnpm@12 bench:generation
  npx pnpm@12 bench:generation --count 1000 --json`;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '7' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** None may be set: a model would be asked, and paid; nor may another file change what is measured. */
const unset = {
  OPENAI_API_KEY: '',
  ANTHROPIC_API_KEY: '',
  GOOGLE_GENERATIVE_AI_API_KEY: '',
  GEMINI_API_KEY: '',
  XAI_API_KEY: '',
  BACKEND_ADMIN_TOKEN: '',
  QUESTION_SERVICE_CONFIG: '',
};

if (values.help) console.log(help);
else await run({ count: Number(values.count), seed: Number(values.seed) });

async function run(order: MeasuredOrder): Promise<void> {
  const machine = `${describeMachine()}, ${describeLoad()}`;
  const server = await startThrowawayPostgres();
  try {
    const url = server.url('aiq_bench_configured');
    const asConfigured = await measure(url, order);
    const oneByOne = await measure(server.url('aiq_bench_one_by_one'), {
      ...order,
      concurrency: 1,
    });
    const report: GenerationReport = {
      ...order,
      command: `npx pnpm@12 bench:generation${order.count === 10_000 ? '' : ` --count ${order.count}`}`,
      date: new Date().toISOString().slice(0, 10),
      machine,
      postgres: await readPostgresVersion(url),
      asConfigured,
      oneByOne,
    };
    if (values.json) console.log(JSON.stringify(report, undefined, 2));
    else write(generationPage(report));
  } finally {
    await server.stop();
  }
}

async function measure(databaseUrl: string, order: MeasuredOrder): Promise<MeasuredRun> {
  await migrate(databaseUrl);
  const preload = new URL('src/generation/instrument.ts', import.meta.url);
  const child = startChild({
    program: 'generation/measured-run.ts',
    nodeArgs: ['--import', preload.href],
    environment: {
      ...unset,
      DATABASE_URL: databaseUrl,
      OTEL_EXPORTER: 'none',
      LOG_LEVEL: 'error',
      ENV: 'development',
    },
  });
  try {
    return await child.ask<MeasuredRun>(order, 600_000);
  } finally {
    await child.stop();
  }
}

function write(page: string): void {
  const path = join(repositoryRoot, 'bench/results/procedural-run.md');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, page);
  console.log(`${page}\nbench/results/procedural-run.md written`);
}
