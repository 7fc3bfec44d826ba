import { EmbeddingFailure, embedQuestions } from '../../deduplication/embed-questions.ts';
import type { KnownQuestions } from '../../deduplication/known-questions.ts';
import type { QuestionEmbedder } from '../../deduplication/question-embedder.ts';
import { type Ask, ProviderError } from '../../providers/question-provider.ts';
import { contentHash } from '../../questions/question.ts';
import type { RunErrorCategory } from '../../telemetry/labels.ts';
import { type CallContext, createAsk } from '../model-calls.ts';
import { inStage, recordFault } from '../pipeline-context.ts';
import type { Origin } from '../run-ledger.ts';
import type { ApprovedQuestion } from './evaluation-stage.ts';

interface DeduplicationContext extends CallContext {
  readonly embedder: QuestionEmbedder;
  readonly known: KnownQuestions;
  /** Once it fired no other attempt is made at the embedding model; batches in line still ask it once. */
  readonly ending: AbortSignal;
}

export interface UniqueQuestion extends ApprovedQuestion {
  readonly contentHash: string;
  readonly embedding: Float32Array;
  readonly embeddingModel: string;
}

/**
 * Lets through what neither the bank nor this run has. A question that could not be compared, because
 * the bank could not be read or the embedding failed, is not let through. Never throws.
 */
export function deduplicateBatch(
  context: DeduplicationContext,
  origin: Origin,
  approved: readonly ApprovedQuestion[],
): Promise<readonly UniqueQuestion[]> {
  return inStage(context, 'deduplication', async () => {
    const { ledger } = context;
    const compared = await compare(context, origin, approved);
    if (!compared) {
      ledger.insertFailed(origin, 'deduplication', approved.length);
      return [];
    }
    for (const kind of compared.duplicates) ledger.duplicate(origin, kind);
    return compared.unique;
  });
}

async function compare(
  context: DeduplicationContext,
  origin: Origin,
  approved: readonly ApprovedQuestion[],
) {
  const { embedder, ending } = context;
  const { provider, model } = embedder;
  const ask = createAsk(context, {
    target: { provider, model },
    stage: 'deduplication',
    stratum: origin,
    signal: ending,
  });
  try {
    const embedded = await embedAll(embedder, approved, ask);
    const candidates = embedded.map((entry) => ({ ...entry, type: origin.type }));
    const checks = await context.known.admit(origin.type, candidates, ask);
    return {
      unique: embedded.filter((_, at) => checks[at]?.status === 'unique'),
      duplicates: checks.flatMap((check) => (check.status === 'duplicate' ? [check.kind] : [])),
    };
  } catch (error) {
    recordFault(context, error, {
      category: categoryOf(error),
      operation: 'pipeline.deduplication',
    });
    return undefined;
  }
}

/** What the embedding model's provider failed with says more than that it failed. */
function categoryOf(error: unknown): RunErrorCategory {
  if (!(error instanceof EmbeddingFailure)) return 'database';
  return error.cause instanceof ProviderError ? error.cause.code : 'embedding';
}

async function embedAll(
  embedder: QuestionEmbedder,
  approved: readonly ApprovedQuestion[],
  ask: Ask,
): Promise<UniqueQuestion[]> {
  const vectors = await embedQuestions(
    embedder,
    approved.map(({ question }) => question),
    ask,
  );
  return approved.map((entry, index) => ({
    ...entry,
    embedding: vectors[index] as Float32Array,
    embeddingModel: embedder.model,
    contentHash: contentHash(entry.question),
  }));
}
