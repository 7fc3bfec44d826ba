import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { createDatabase, type Database } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { createTestObservability } from '@aiq/observability/testing';
import { eventually } from '@aiq/testing';
import { expect, onTestFinished, test } from 'vitest';
import { embed } from '../../src/deduplication/embed.ts';
import { judgeQuestion } from '../../src/evaluation/judge-question.ts';
import type { RunRequest } from '../../src/generation/plan.ts';
import { planRounds } from '../../src/generation/plan-rounds.ts';
import { assertBalanced } from '../../src/pipeline/run-summary.ts';
import { proceduralProvider } from '../../src/providers/procedural-provider.ts';
import type { GenerationBatch } from '../../src/providers/question-provider.ts';
import { type CandidateQuestion, contentHash } from '../../src/questions/question.ts';
import { interruptLostRuns } from '../../src/report/interrupt-lost-runs.ts';
import { createRunReporter } from '../../src/report/run-reporter.ts';
import { createPipelineRunsRepository } from '../../src/storage/pipeline-runs-repository.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { startBackend } from '../support/backend.ts';
import { config } from '../support/harness.ts';
import { startCli } from '../support/run-cli.ts';
import { seededDraws } from '../support/seeded-draws.ts';
import { configFile } from '../support/services.ts';

const kills = 100;
const lanes = 4;
const batchSize = 10;
/** Long enough that a process which gets little of a busy machine keeps it. */
const leaseSeconds = 8;

const settings = {
  generation: { batchSize, concurrency: 1 },
  // Nothing counts as a duplicate but the same text, and a text with the same vector (other names in it, say), so
  // that what a whole batch leaves is known.
  deduplication: { threshold: 1 },
  lease: { renewSeconds: 1, durationSeconds: leaseSeconds },
};

interface StoredRun {
  readonly runId: string;
  readonly state: string;
  readonly plan: { readonly seed: number; readonly request: RunRequest };
}

const readRuns = ({ prisma }: Database) =>
  prisma.$queryRaw<StoredRun[]>`
    SELECT run_id AS "runId", state::text AS state, plan FROM pipeline_runs`;

async function readHashes({ prisma }: Database) {
  const rows = await prisma.question.findMany({
    select: { runId: true, contentHash: true, type: true, embedding: true },
  });
  const ofRun = Map.groupBy(rows, (row) => row.runId);
  return {
    bank: new Set(rows.map((row) => row.contentHash)),
    vectors: new Set(rows.map(({ type, embedding }) => vectorKey(type, embedding))),
    /** Whether a vector lies where one of the bank does, but for what rounding makes of a cosine of 1. */
    hasTwin: (type: string, vector: Float32Array) =>
      rows.some((row) => row.type === type && cosine(row.embedding, vector) > 1 - 1e-6),
    ofRun: (runId: string) => new Set(ofRun.get(runId)?.map((row) => row.contentHash)),
  };
}

function vectorKey(type: string, vector: ArrayLike<number>): string {
  return `${type} ${Buffer.from(Float32Array.from(vector).buffer).toString('base64')}`;
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    const [x = 0, y = 0] = [a[index], b[index]];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot / Math.sqrt(aa * bb);
}

/** What a batch leaves in the bank when it is stored as a whole: its author and its judge are deterministic. */
async function approvedOf(batch: GenerationBatch) {
  const attempt = { number: 1, signal: new AbortController().signal };
  const { questions } = await proceduralProvider.generate(batch, attempt as never);
  return (questions as CandidateQuestion[])
    .filter((question) => judgeQuestion(question).status === 'approved')
    .map((question) => {
      const vector = embed(question);
      const { type } = question;
      return { hash: contentHash(question), type, vector, key: vectorKey(type, vector) };
    });
}

async function batchesOf({ plan }: StoredRun): Promise<readonly GenerationBatch[]> {
  const { seed, request } = plan;
  const options = {
    ...config.generation,
    seed,
    batchSize,
    batchSizeOf: () => batchSize,
    readInventory: async () => [],
    reserve: async () => [],
  };
  for await (const batches of planRounds(request, options)) return batches;
  return [];
}

test('killed at 100 points, runs leave whole batches, are marked, summed up from their rows and reported once', async () => {
  const draw = seededDraws('killed-runs');
  const url = (await testDatabase()).url('question_service');
  const database = createDatabase({ url, applicationName: 'test' });
  onTestFinished(() => database.close());
  const runs = createPipelineRunsRepository(database);
  const { observability: telemetry } = createTestObservability({
    service: 'aiq-question-service',
    metrics,
  });
  const env = {
    DATABASE_URL: url,
    QUESTION_SERVICE_CONFIG: configFile(settings),
    // Starting a hundred processes is what takes the time.
    NODE_COMPILE_CACHE: mkdtempSync(join(tmpdir(), 'question-service-compiled-')),
  };
  const generate = (count: number, seed: number) =>
    startCli(['generate', '--count', String(count), '--seed', String(seed)], env);
  let killed = 0;
  let started = 0;

  /** Starts runs and kills them: a few while they start or begin, most while they store, batch after batch. */
  async function killMany(): Promise<void> {
    while (killed < kills) {
      started += 1;
      await using cli = await generate(draw.whole(10, 30) * batchSize, started);
      if (started % 10 !== 0) {
        const line = started % 10 < 3 ? /^Run \S+, seed/ : /[1-9]\d* stored/;
        // Where it ends first there is nobody to kill, and the next one is.
        await cli.waitForLine(line, { timeoutMs: 60_000 }).catch(() => {});
      }
      await pass(draw.whole(0, 500));
      const { signal } = await cli.stop('SIGKILL');
      if (signal === 'SIGKILL') killed += 1;
    }
  }

  // Meanwhile a run lives longer than its lease, and somebody always looks for lost ones.
  await using survivor = await generate(1_500, 1_000_000);
  const ended = new AbortController();
  const looking = (async () => {
    while (!ended.signal.aborted) {
      await interruptLostRuns({ runs, telemetry });
      await pass(200);
    }
  })();
  await Promise.all(Array.from({ length: lanes }, killMany));
  const survived = await survivor.ended;
  await eventually(async () => (await runs.list(500)).every((run) => run.completedAt !== null), {
    timeoutMs: 3 * leaseSeconds * 1_000,
    intervalMs: 200,
    message: 'every lease to expire',
  });
  ended.abort();
  await looking;

  const hashes = await readHashes(database);
  const all = await readRuns(database);
  const states = Map.groupBy(all, ({ state }) => state);
  const halfStored: string[] = [];
  const miscounted: string[] = [];
  let inTheMiddle = 0;
  for (const run of all) {
    const summary = (await runs.find(run.runId))?.summary;
    const stored = hashes.ofRun(run.runId);
    if (!summary || summary.inserted !== stored.size) miscounted.push(run.runId);
    else assertBalanced(summary);
    if (run.state === 'interrupted' && stored.size > 0) inTheMiddle += 1;
    for (const batch of stored.size === 0 ? [] : await batchesOf(run)) {
      const approved = await approvedOf(batch);
      const isBegun = approved.some(({ hash }) => stored.has(hash));
      const isMissing = approved.some(
        ({ hash, type, vector, key }) =>
          !hashes.bank.has(hash) && !hashes.vectors.has(key) && !hashes.hasTwin(type, vector),
      );
      if (isBegun && isMissing) halfStored.push(run.runId);
    }
  }
  console.info(
    `${killed} of ${started} processes killed, ${states.get('interrupted')?.length} runs interrupted, ${inTheMiddle} of them between two batches or in one`,
  );
  expect(survived.code).toBe(0);
  expect(halfStored).toEqual([]);
  expect(miscounted).toEqual([]);
  expect([...states.keys()].every((state) => ['interrupted', 'succeeded'].includes(state))).toBe(
    true,
  );
  expect(inTheMiddle).toBeGreaterThan(kills / 4);
  expect(killed).toBeGreaterThanOrEqual(kills);

  const backend = await startBackend([]);
  const reporter = createRunReporter({
    ...config.report,
    backend: { url: backend.url, adminToken: 'secret' },
    runs,
    telemetry,
    random: Math.random,
    stop: new AbortController().signal,
  });
  while ((await reporter.reportOutstanding()) > 0);
  const reported = backend.received.map(({ body }) => body.runId);
  expect(reported.toSorted()).toEqual(all.map(({ runId }) => runId).toSorted());
}, 480_000);
