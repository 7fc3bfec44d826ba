import type { Ask } from '../providers/question-provider.ts';
import type { EmbeddableQuestion, QuestionEmbedder } from './question-embedder.ts';

export type EmbeddingFailureCode =
  | 'embedding_unavailable'
  | 'embedding_malformed'
  | 'embedding_stopped'
  | 'embedding_model_mismatch';

/** Questions could not be embedded, or not so that they can be compared: none of them may be let through. */
export class EmbeddingFailure extends Error {
  override readonly name = 'EmbeddingFailure';
  readonly code: EmbeddingFailureCode;

  constructor(code: EmbeddingFailureCode, reason: string, options?: ErrorOptions) {
    super(`[${code}] ${reason}`, options);
    this.code = code;
  }
}

/**
 * Embeds questions and vouches for the result: a comparable vector by the embedder's own model for each.
 *
 * @throws {EmbeddingFailure} embedding_unavailable when the embedder failed, embedding_model_mismatch when
 * another model answered, embedding_malformed when vectors are missing, empty, all zero, not finite or of
 * different lengths.
 */
export async function embedQuestions(
  embedder: QuestionEmbedder,
  questions: readonly EmbeddableQuestion[],
  ask: Ask,
): Promise<readonly Float32Array[]> {
  const { model, vectors } = await embed(embedder, questions, ask);
  if (model !== embedder.model) {
    const reason = `expected vectors by ${embedder.model}, got some by ${model}: they cannot be compared`;
    throw new EmbeddingFailure('embedding_model_mismatch', reason);
  }
  if (vectors.length !== questions.length) {
    throw malformed(model, `${questions.length} vectors`, `${vectors.length}`);
  }
  const embedded = vectors.map((vector) => Float32Array.from(vector));
  assertComparable(model, embedded);
  return embedded;
}

/** @throws {EmbeddingFailure} embedding_malformed when one of the vectors cannot be compared with the others. */
export function assertComparable(model: string, vectors: readonly Float32Array[]): void {
  const dimensions = vectors[0]?.length;
  for (const vector of vectors) {
    if (vector.length !== dimensions || vector.length === 0) {
      throw malformed(model, `vectors of ${dimensions || 'some'} numbers`, `${vector.length}`);
    }
    if (!vector.every(Number.isFinite)) throw malformed(model, 'finite numbers', 'others');
    if (vector.every((value) => value === 0)) {
      throw malformed(model, 'vectors with a direction', 'one that is all zero');
    }
  }
}

async function embed(
  embedder: QuestionEmbedder,
  questions: readonly EmbeddableQuestion[],
  ask: Ask,
) {
  if (questions.length === 0) return { model: embedder.model, vectors: [] };
  try {
    return await embedder.embed(questions, ask);
  } catch (cause) {
    if (cause instanceof EmbeddingFailure) throw cause;
    const reason = `${embedder.model} did not embed ${questions.length} questions`;
    throw new EmbeddingFailure('embedding_unavailable', reason, { cause });
  }
}

function malformed(model: string, expected: string, actual: string): EmbeddingFailure {
  const reason = `expected ${expected} from ${model}, got ${actual}`;
  return new EmbeddingFailure('embedding_malformed', reason);
}
