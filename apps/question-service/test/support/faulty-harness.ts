import { offlineEmbedder } from '../../src/deduplication/question-embedder.ts';
import { createModelJudge } from '../../src/evaluation/model-judge.ts';
import type { QuestionJudge } from '../../src/evaluation/question-judge.ts';
import { approvalThreshold, criterionWeights } from '../../src/evaluation/verdict.ts';
import { createProviderBreakers } from '../../src/pipeline/provider-breakers.ts';
import { createRouting } from '../../src/pipeline/routing.ts';
import { proceduralProvider } from '../../src/providers/procedural-provider.ts';
import type { QuestionProvider } from '../../src/providers/question-provider.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { config, createHarness, type Harness } from './harness.ts';
import {
  faultyEmbedder,
  faultyQuestions,
  type ModelFault,
  type ProviderFault,
  type StorageFault,
  scriptedClient,
  scriptedProvider,
} from './scripted-parts.ts';

/** What each part does wrong, call after call. */
export interface Faults {
  /** Of the author that is planned, and of the one that takes over. */
  readonly authors?: readonly [
    planned: readonly ProviderFault[],
    fallback?: readonly ProviderFault[],
  ];
  readonly judges?: readonly [first: readonly ModelFault[], second?: readonly ModelFault[]];
  readonly embedder?: readonly boolean[];
  readonly storage?: readonly StorageFault[];
  readonly failuresToOpen?: number;
  /** Batches, and questions of a batch with a judge, at the same time. @default 1 */
  readonly concurrency?: number;
}

/** Batches of 5, two attempts, and no pauses between them. */
const small = {
  ...config,
  generation: { ...config.generation, batchSize: 5 },
  retry: { ...config.retry, attemptsMax: 2, baseDelayMs: 0 },
};

/**
 * A pipeline whose parts fail as told: `anthropic` writes, `openai` takes over; `google` judges, `xai` takes
 * over, each as a model judge over a scripted model. The circuits' clock stands still unless it is moved.
 */
export async function createFaultyHarness(
  faults: Faults,
  parts: { readonly authors?: QuestionProvider[]; readonly judges?: QuestionJudge[] } = {},
) {
  const { concurrency = 1 } = faults;
  const [planned = [], fallback] = faults.authors ?? [];
  const [first = [], second] = faults.judges ?? [];
  const authors = parts.authors ?? [
    scriptedProvider(planned, 'anthropic'),
    ...(fallback ? [scriptedProvider(fallback, 'openai')] : []),
  ];
  const clients = [
    scriptedClient(first, 'google'),
    ...(second ? [scriptedClient(second, 'xai')] : []),
  ];
  const judging = { threshold: approvalThreshold, weights: criterionWeights, concurrency };
  const judges = parts.judges ?? clients.map((client) => createModelJudge({ client, ...judging }));
  const clock = { ms: 0 };
  const harness = await createHarness({
    config: { ...small, generation: { ...small.generation, concurrency } },
    routing: createRouting({
      authors: () => authors,
      judges: () => judges,
      standIn: proceduralProvider,
    }),
    embedder: faultyEmbedder(offlineEmbedder, faults.embedder ?? []),
  });
  const breakers = createProviderBreakers({
    policy: { ...config.breaker, failuresToOpen: faults.failuresToOpen ?? 3 },
    nowMs: () => clock.ms,
    telemetry: harness.memory.observability,
  });
  const questions = createQuestionsRepository(harness.database);
  const faulty: Harness = harness.with({
    breakers,
    questions: faultyQuestions(questions, faults.storage ?? []),
  });
  return { ...faulty, breakers, clients, clock };
}
