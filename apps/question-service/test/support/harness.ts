import { randomUUID } from 'node:crypto';
import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import type {} from '@aiq/database/testing/global-setup';
import { createTestObservability, telemetryMatchers } from '@aiq/observability/testing';
import { expect, onTestFinished } from 'vitest';
import { loadServiceConfig } from '../../src/config.ts';
import { createBankRepository } from '../../src/deduplication/bank-repository.ts';
import { createCachingEmbedder } from '../../src/deduplication/caching-embedder.ts';
import { createEmbeddingCacheRepository } from '../../src/deduplication/embedding-cache-repository.ts';
import { offlineEmbedder } from '../../src/deduplication/question-embedder.ts';
import { proceduralJudge } from '../../src/evaluation/question-judge.ts';
import type { RunRequest } from '../../src/generation/plan.ts';
import { createInventoryRepository } from '../../src/inventory/inventory-repository.ts';
import { createProviderBreakers } from '../../src/pipeline/provider-breakers.ts';
import { createRouting } from '../../src/pipeline/routing.ts';
import { type PipelineDependencies, runPipeline } from '../../src/pipeline/run-pipeline.ts';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';
import { proceduralProvider } from '../../src/providers/procedural-provider.ts';
import { difficultyLevels, questionTypes } from '../../src/questions/question.ts';
import {
  createPipelineRunsRepository,
  type RunOrder,
} from '../../src/storage/pipeline-runs-repository.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { createRunHistoryRepository } from '../../src/storage/run-history-repository.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';

expect.extend(telemetryMatchers);

export const config = loadServiceConfig({});

/** The procedural author alone, judged by re-solving. */
export const offlineRouting = createRouting({
  authors: () => [proceduralProvider],
  judges: () => [proceduralJudge],
  standIn: proceduralProvider,
});

export const countRequest = (
  count: number,
  narrowed: Partial<Extract<RunRequest, { kind: 'count' }>> = {},
): RunRequest => ({
  kind: 'count',
  count,
  types: questionTypes,
  difficulties: difficultyLevels,
  ...narrowed,
});

/** A pipeline on a database of its own and with telemetry in memory, closed when the test ends. */
export async function createHarness(overrides: Partial<PipelineDependencies> = {}) {
  const { url } = await testDatabase();
  const database = createDatabase({ url: url('question_service'), applicationName: 'test' });
  onTestFinished(() => database.close());
  const telemetry = createTestObservability({ service: 'aiq-question-service', metrics });
  const runs = createPipelineRunsRepository(database);
  const embeddingCache = createEmbeddingCacheRepository(database);
  const dependencies: PipelineDependencies = {
    telemetry: telemetry.observability,
    config,
    questions: createQuestionsRepository(database),
    inventory: createInventoryRepository(database),
    runs,
    routing: offlineRouting,
    breakers: createProviderBreakers({
      policy: config.breaker,
      nowMs: () => performance.now(),
      telemetry: telemetry.observability,
    }),
    random: Math.random,
    embedder: createCachingEmbedder({
      embedder: offlineEmbedder,
      cache: embeddingCache,
      telemetry: telemetry.observability,
    }),
    bank: createBankRepository(database),
    now: () => new Date(),
    reporter: { report: async () => 'accepted', reportOutstanding: async () => 0 },
    ...overrides,
  };

  async function plan(
    request: RunRequest,
    { seed = 7, maxCostUsd }: { seed?: number | undefined; maxCostUsd?: number | undefined } = {},
  ): Promise<RunOrder> {
    const order: RunOrder = {
      runId: randomUUID(),
      trigger: 'cli',
      seed,
      request,
      attempt: 1,
      ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
    };
    await runs.plan(order);
    return order;
  }

  const withParts = (parts: Partial<PipelineDependencies>) => ({
    ...dependencies,
    ...parts,
    embeddingCache,
    database,
    runHistory: createRunHistoryRepository(database),
    url: url('question_service'),
    memory: telemetry,
    plan,
    async run(
      request: RunRequest,
      options: {
        seed?: number;
        stop?: AbortSignal;
        maxCostUsd?: number | undefined;
        config?: PipelineDependencies['config'];
      } = {},
    ) {
      const order = await plan(request, options);
      const stop = options.stop ?? new AbortController().signal;
      const { config: given } = options;
      const all = { ...dependencies, ...parts, ...(given && { config: given }) };
      const { summary } = await runPipeline(order, all, { stop });
      return summary;
    },
  });
  return { ...withParts({}), with: withParts };
}

export type Harness = Omit<Awaited<ReturnType<typeof createHarness>>, 'with'>;

/** The numbers of a run as its metrics have them, in the shape of a summary. */
export function metricsOf({ memory }: Pick<Harness, 'memory'>): Partial<RunSummary> {
  const { metric } = memory;
  const by = (name: string, label: string, values: readonly string[]) =>
    Object.fromEntries(values.map((value) => [value, metric(name, { [label]: value })]));
  return {
    requested: metric('questions.requested'),
    generated: metric('questions.generated'),
    approved: metric('questions.approved'),
    inserted: metric('questions.inserted'),
    unjudged: metric('questions.unjudged'),
    discarded: metric('questions.discarded'),
    retries: metric('pipeline.retries'),
    fallbacks: metric('provider.fallbacks'),
    breakerTrips: metric('circuit_breaker.trips'),
    failed: by('questions.failed', 'reason', metrics['questions.failed'].labels.reason) as never,
    rejected: by(
      'questions.rejected',
      'reason',
      metrics['questions.rejected'].labels.reason,
    ) as never,
    duplicates: by(
      'questions.duplicates',
      'kind',
      metrics['questions.duplicates'].labels.kind,
    ) as never,
    insertFailed: by(
      'questions.insert_failures',
      'reason',
      metrics['questions.insert_failures'].labels.reason,
    ) as never,
  };
}
