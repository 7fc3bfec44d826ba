import type { QuestionType } from '../questions/question.ts';
import { createVectorList, type Neighbour, type VectorList } from './vector-list.ts';

/** What the deduplicator must know of a question. */
export interface EmbeddedQuestion {
  readonly contentHash: string;
  readonly type: QuestionType;
  readonly embedding: Float32Array;
  readonly embeddingModel: string;
}

export type DuplicateCheck =
  | { readonly status: 'unique' }
  | {
      readonly status: 'duplicate';
      readonly kind: 'exact';
      /** Content hash of the same question. */
      readonly of: string;
    }
  | ({ readonly status: 'duplicate'; readonly kind: 'semantic' } & Neighbour);

export interface Deduplicator {
  /** @throws {EmbeddingModelMismatch} When the candidate was embedded by another model. */
  check(candidate: EmbeddedQuestion): DuplicateCheck;
  /**
   * Makes a question known to later checks.
   *
   * @throws {EmbeddingModelMismatch} When it was embedded by another model.
   */
  add(question: EmbeddedQuestion): void;
  /** Known questions. */
  readonly size: number;
}

/** A question came with a vector that the others' vectors cannot be compared with. */
export class EmbeddingModelMismatch extends Error {
  override readonly name = 'EmbeddingModelMismatch';
  readonly code = 'embedding_model_mismatch';

  constructor(expected: string, actual: string) {
    super(`[embedding_model_mismatch] expected an embedding by ${expected}, got one by ${actual}`);
  }
}

/**
 * Creates a deduplicator over questions in memory: exact by content hash, then by cosine similarity with
 * every question of the same type, whatever its difficulty.
 *
 * @param options.threshold Cosine similarity from which two questions of a type count as the same.
 */
export function createDeduplicator(options: {
  readonly threshold: number;
  readonly embeddingModel: string;
}): Deduplicator {
  const { threshold, embeddingModel } = options;
  const hashes = new Set<string>();
  const vectors = new Map<QuestionType, VectorList>();

  function assertComparable(question: EmbeddedQuestion): void {
    if (question.embeddingModel === embeddingModel) return;
    throw new EmbeddingModelMismatch(embeddingModel, question.embeddingModel);
  }

  return {
    check(candidate) {
      assertComparable(candidate);
      const { contentHash, type, embedding } = candidate;
      if (hashes.has(contentHash)) return { status: 'duplicate', kind: 'exact', of: contentHash };
      const nearest = vectors.get(type)?.nearest(embedding, threshold);
      return nearest ? { status: 'duplicate', kind: 'semantic', ...nearest } : { status: 'unique' };
    },
    add(question) {
      assertComparable(question);
      const { contentHash, type, embedding } = question;
      if (hashes.has(contentHash)) return;
      hashes.add(contentHash);
      const list = vectors.get(type) ?? createVectorList();
      vectors.set(type, list);
      list.add(contentHash, embedding);
    },
    get size() {
      return hashes.size;
    },
  };
}
