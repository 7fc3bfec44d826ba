import { randomInt, randomUUID } from 'node:crypto';
import { createDatabase } from '@aiq/database';
import type { Config } from './config.ts';
import { createBankRepository } from './deduplication/bank-repository.ts';
import { createCachingEmbedder } from './deduplication/caching-embedder.ts';
import {
  createEmbeddingCacheRepository,
  type EmbeddingCacheRepository,
} from './deduplication/embedding-cache-repository.ts';
import { offlineEmbedder, type QuestionEmbedder } from './deduplication/question-embedder.ts';
import { type EmbedderChoices, selectEmbedder } from './deduplication/select-embedder.ts';
import { selectJudges } from './evaluation/select-judges.ts';
import type { RunRequest } from './generation/plan.ts';
import { createInventoryRepository } from './inventory/inventory-repository.ts';
import { createModelEmbedder } from './models/create-model-embedder.ts';
import { type ConnectedModels, openModels } from './models/open-models.ts';
import { createProviderBreakers } from './pipeline/provider-breakers.ts';
import { createRouting } from './pipeline/routing.ts';
import type { PipelineDependencies } from './pipeline/run-pipeline.ts';
import { proceduralProvider } from './providers/procedural-provider.ts';
import { selectAuthors } from './providers/select-authors.ts';
import { createRunReporter } from './report/run-reporter.ts';
import { createPipelineRunsRepository, type RunOrder } from './storage/pipeline-runs-repository.ts';
import { createQuestionsRepository } from './storage/questions-repository.ts';
import {
  createRunHistoryRepository,
  type RunHistoryRepository,
} from './storage/run-history-repository.ts';
import type { Telemetry } from './telemetry/catalogue.ts';
import type { RunTrigger } from './telemetry/labels.ts';

/** Seeds are drawn below this: they fit a Postgres integer. */
const seedLimit = 2 ** 31;

export interface Dependencies extends PipelineDependencies {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly embeddingCache: EmbeddingCacheRepository;
  readonly runHistory: RunHistoryRepository;
  /** A first attempt at what was asked, with a seed drawn where none was given. */
  createOrder(order: {
    readonly trigger: RunTrigger;
    readonly request: RunRequest;
    readonly seed?: number | undefined;
    readonly maxCostUsd?: number | undefined;
  }): RunOrder;
  /** @throws {DatabaseError} database_unreachable and its like, with host and port. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Constructs what the service works with; nothing else does. Without a `databaseUrl` it opens the
 * embedded Postgres of this checkout, and ends it on `close` if it was started here.
 */
export async function openDependencies(options: {
  readonly config: Config;
  readonly telemetry: Telemetry;
  readonly stop: AbortSignal;
  readonly log: (line: string) => void;
}): Promise<Dependencies> {
  const { config, telemetry, stop, log } = options;
  const now = () => new Date();
  const models = await openModels(config.models, { telemetry, now });
  const authors = selectAuthors(config.generators, models.clients);
  const embedder = selectEmbedder(config.deduplication.embedder, embedderChoices(models));
  const { url, release } = await openDatabase(config, log);
  const database = createDatabase({
    url,
    applicationName: 'aiq-question-service',
    onConnectionLost: (error) =>
      telemetry.logger.warn('database connection lost', { error: error.message }),
  });
  const runs = createPipelineRunsRepository(database);
  const embeddingCache = createEmbeddingCacheRepository(database);
  return {
    telemetry,
    config,
    databaseUrl: url,
    questions: createQuestionsRepository(database),
    inventory: createInventoryRepository(database),
    runs,
    runHistory: createRunHistoryRepository(database),
    routing: createRouting({
      authors: (type) => authors[type],
      judges: selectJudges(config.judges, models.clients, config.evaluation),
      standIn: proceduralProvider,
    }),
    breakers: createProviderBreakers({
      policy: config.breaker,
      nowMs: () => performance.now(),
      telemetry,
    }),
    random: Math.random,
    embedder: createCachingEmbedder({ embedder, cache: embeddingCache, telemetry }),
    embeddingCache,
    bank: createBankRepository(database),
    now,
    reporter: createRunReporter({
      ...config.report,
      backend: config.backend,
      runs,
      telemetry,
      random: Math.random,
      stop,
    }),
    createOrder: ({ trigger, request, seed, maxCostUsd }) => ({
      runId: randomUUID(),
      trigger,
      request,
      seed: seed ?? randomInt(seedLimit),
      ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
      attempt: 1,
    }),
    ping: database.ping,
    async close() {
      await database.close();
      await release();
    },
  };
}

function embedderChoices({ embeddings }: ConnectedModels): EmbedderChoices {
  const choices: Record<string, () => QuestionEmbedder> = { offline: () => offlineEmbedder };
  for (const [reference, client] of embeddings) {
    choices[reference] = () => createModelEmbedder(client);
  }
  return choices;
}

async function openDatabase(config: Config, log: (line: string) => void) {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, release: async () => {} };
  // Loaded where it is needed: deployments have no embedded Postgres.
  const { openLocalDatabase } = await import('@aiq/database/embedded');
  const local = await openLocalDatabase({ log });
  const release = async () => {
    if (local.startedHere) await local.stop();
  };
  return { url: local.urlFor('question_service'), release };
}
