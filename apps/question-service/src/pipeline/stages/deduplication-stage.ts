import { EmbeddingFailure, embedQuestions } from '../../deduplication/embed-questions.ts';
import type { KnownQuestions } from '../../deduplication/known-questions.ts';
import type { QuestionEmbedder } from '../../deduplication/question-embedder.ts';
import { contentHash } from '../../questions/question.ts';
import { inStage, recordFault, type StageContext } from '../pipeline-context.ts';
import type { Origin } from '../run-ledger.ts';
import type { ApprovedQuestion } from './evaluation-stage.ts';

interface DeduplicationContext extends StageContext {
  readonly embedder: QuestionEmbedder;
  readonly known: KnownQuestions;
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
  try {
    const embedded = await embedAll(context, approved);
    const candidates = embedded.map((entry) => ({ ...entry, type: origin.type }));
    const checks = await context.known.admit(origin.type, candidates);
    return {
      unique: embedded.filter((_, at) => checks[at]?.status === 'unique'),
      duplicates: checks.flatMap((check) => (check.status === 'duplicate' ? [check.kind] : [])),
    };
  } catch (error) {
    const category = error instanceof EmbeddingFailure ? 'embedding' : 'database';
    recordFault(context, error, { category, operation: 'pipeline.deduplication' });
    return undefined;
  }
}

async function embedAll(
  { embedder }: DeduplicationContext,
  approved: readonly ApprovedQuestion[],
): Promise<UniqueQuestion[]> {
  const vectors = await embedQuestions(
    embedder,
    approved.map(({ question }) => question),
  );
  return approved.map((entry, index) => ({
    ...entry,
    embedding: vectors[index] as Float32Array,
    embeddingModel: embedder.model,
    contentHash: contentHash(entry.question),
  }));
}
