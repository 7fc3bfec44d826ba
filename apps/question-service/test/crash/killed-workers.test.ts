import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { createDatabase, type Database } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { createTestObservability } from '@aiq/observability/testing';
import { eventually, type Program } from '@aiq/testing';
import { expect, onTestFinished, test } from 'vitest';
import { difficultyLevels, questionTypes } from '../../src/questions/question.ts';
import { createPipelineRunsRepository } from '../../src/storage/pipeline-runs-repository.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { startJobQueue } from '../../src/trigger/job-queue.ts';
import { config } from '../support/harness.ts';
import { startCli } from '../support/run-cli.ts';
import { seededDraws } from '../support/seeded-draws.ts';
import { configFile } from '../support/services.ts';

const jobs = 200;
const workers = 3;
const kills = 12;

const settings = {
  generation: { batchSize: 5, concurrency: 1 },
  lease: { renewSeconds: 1, durationSeconds: 6 },
  queue: { pollSeconds: 0.5, retriesMax: 20, superviseSeconds: 1 },
};

interface Attempt {
  readonly runId: string;
  readonly previousRunId: string | null;
  readonly state: string;
  readonly requested: number;
  readonly inserted: number;
  readonly rows: number;
}

const readAttempts = ({ prisma }: Database) =>
  prisma.$queryRaw<Attempt[]>`
    SELECT run_id AS "runId", previous_run_id AS "previousRunId", state::text AS state,
      (summary->>'requested')::integer AS requested, (summary->>'inserted')::integer AS inserted,
      (SELECT count(*)::integer FROM questions WHERE questions.run_id = pipeline_runs.run_id) AS rows
    FROM pipeline_runs`;

/** The attempts at an order, first to last; two that follow one and the same attempt are a fault. */
function chainOf(first: Attempt, attempts: readonly Attempt[]): Attempt[] {
  const next = attempts.filter(({ previousRunId }) => previousRunId === first.runId);
  expect(next.length).toBeLessThanOrEqual(1);
  return [first, ...next.flatMap((attempt) => chainOf(attempt, attempts))];
}

test('of 200 jobs none is lost and none is done twice while three workers are killed and started again', async () => {
  const draw = seededDraws('killed-workers');
  const url = (await testDatabase()).url('question_service');
  const database = createDatabase({ url, applicationName: 'test' });
  onTestFinished(() => database.close());
  const runs = createPipelineRunsRepository(database);
  const { observability: telemetry } = createTestObservability({
    service: 'aiq-question-service',
    metrics,
  });
  const queue = await startJobQueue({
    ...config.queue,
    ...settings.queue,
    databaseUrl: url,
    telemetry,
    scheduled: false,
    runSecondsMax: 600,
    silenceSecondsMax: settings.lease.durationSeconds + 10,
  });
  onTestFinished(() => queue.stop());
  for (let index = 0; index < jobs; index += 1) {
    const request = {
      kind: 'count',
      // Each eighth is long enough for a kill to come in the middle of it.
      count: index % 8 === 0 ? 120 : draw.whole(2, 6),
      types: [draw.pick(questionTypes)],
      difficulties: [draw.pick(difficultyLevels)],
    } as const;
    const runId = crypto.randomUUID();
    const order = { runId, trigger: 'server', seed: index, attempt: 1, request } as const;
    const job = { order, traceContext: {} };
    await runs.plan(order, { together: (transaction) => queue.enqueue(job, transaction) });
  }
  const env = {
    DATABASE_URL: url,
    QUESTION_SERVICE_CONFIG: configFile(settings),
    NODE_COMPILE_CACHE: mkdtempSync(join(tmpdir(), 'question-service-compiled-')),
  };
  const startWorker = () => startCli(['worker'], env);
  const listening = (worker: Program) => worker.waitForLine(/"listening"/, { timeoutMs: 60_000 });

  const alive: Program[] = await Promise.all(Array.from({ length: workers }, startWorker));
  onTestFinished(async () => {
    for (const worker of alive) await worker[Symbol.asyncDispose]();
  });
  for (let kill = 0; kill < kills; kill += 1) {
    const index = kill % workers;
    const victim = alive[index];
    if (!victim) continue;
    await listening(victim);
    await pass(draw.whole(0, 1_500));
    await victim.stop('SIGKILL');
    alive[index] = await startWorker();
  }
  const attempts = await eventually(
    async () => {
      const all = await readAttempts(database);
      const succeeded = all.filter(({ state }) => state === 'succeeded');
      return succeeded.length >= jobs && all;
    },
    { timeoutMs: 150_000, intervalMs: 500, message: 'all orders to be carried out' },
  );
  await Promise.all(alive.map((worker) => worker.stop('SIGTERM', { timeoutMs: 20_000 })));

  const chains = attempts
    .filter(({ previousRunId }) => previousRunId === null)
    .map((first) => chainOf(first, attempts));
  console.info(`${kills} kills, ${jobs} jobs, ${attempts.length - jobs} attempts after the first`);
  const outcomes = chains.map((chain) => chain.map(({ state }) => state));
  const isDoneOnce = (states: string[]) =>
    states.at(-1) === 'succeeded' && states.slice(0, -1).every((state) => state === 'interrupted');
  expect(chains).toHaveLength(jobs);
  expect(outcomes.filter((states) => !isDoneOnce(states))).toEqual([]);
  expect(attempts.filter(({ inserted, rows }) => inserted !== rows)).toEqual([]);
  const overfull = chains.filter((chain) => {
    const stored = chain.reduce((sum, { rows }) => sum + rows, 0);
    return stored > (chain.at(-1)?.requested ?? 0);
  });
  expect(overfull).toEqual([]);
  expect(attempts.length).toBeGreaterThan(jobs);
}, 400_000);
