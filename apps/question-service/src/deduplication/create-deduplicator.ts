import type { QuestionType } from '../questions/question.ts';
import { embeddingModel as offlineModel } from './embed.ts';

/** What the deduplicator must know of a question. */
export interface EmbeddedQuestion {
  readonly contentHash: string;
  readonly type: QuestionType;
  readonly embedding: ArrayLike<number>;
  readonly embeddingModel: string;
}

export type DuplicateCheck =
  | { readonly status: 'unique' }
  | { readonly status: 'duplicate'; readonly kind: 'exact'; readonly of: string }
  | {
      readonly status: 'duplicate';
      readonly kind: 'semantic';
      /** Content hash of the nearest question. */
      readonly of: string;
      readonly similarity: number;
    };

export interface Deduplicator {
  /** @throws {EmbeddingModelMismatch} When the candidate was embedded by another model. */
  check(candidate: EmbeddedQuestion): DuplicateCheck;
  /** Makes a stored or accepted question known to later checks. */
  add(question: EmbeddedQuestion): void;
  /** Known questions that can be compared by hash alone, because another model embedded them. */
  readonly incomparable: number;
  /** Known questions, comparable or not. */
  readonly size: number;
}

/** Cosine similarity from which two questions of a type count as the same. */
export const duplicateThreshold = 0.82;

/** A candidate came with a vector that the bank's vectors cannot be compared with. */
export class EmbeddingModelMismatch extends Error {
  override readonly name = 'EmbeddingModelMismatch';
  readonly code = 'embedding_model_mismatch';

  constructor(expected: string, actual: string) {
    super(`[embedding_model_mismatch] expected an embedding by ${expected}, got one by ${actual}`);
  }
}

/**
 * Creates a deduplicator over a bank of questions: exact by content hash, then by cosine similarity with
 * every question of the same type, whatever its difficulty.
 *
 * Bank entries of another embedding model take part in the exact check only and are counted. A check costs
 * one pass over a flat array of the type's vectors.
 */
export function createDeduplicator(options: {
  /** @default duplicateThreshold */
  readonly threshold?: number;
  /** @default 'hashed-ngrams-v1' */
  readonly embeddingModel?: string;
  readonly bank: Iterable<EmbeddedQuestion>;
}): Deduplicator {
  const threshold = options.threshold ?? duplicateThreshold;
  const model = options.embeddingModel ?? offlineModel;
  const hashes = new Set<string>();
  const vectors = new Map<QuestionType, VectorList>();
  let incomparable = 0;

  const deduplicator: Deduplicator = {
    check(candidate) {
      if (candidate.embeddingModel !== model)
        throw new EmbeddingModelMismatch(model, candidate.embeddingModel);
      if (hashes.has(candidate.contentHash)) {
        return { status: 'duplicate', kind: 'exact', of: candidate.contentHash };
      }
      const nearest = vectors.get(candidate.type)?.nearest(candidate.embedding, threshold);
      if (nearest === undefined) return { status: 'unique' };
      return { status: 'duplicate', kind: 'semantic', ...nearest };
    },
    add(question) {
      if (hashes.has(question.contentHash)) return;
      hashes.add(question.contentHash);
      if (question.embeddingModel !== model) {
        incomparable += 1;
        return;
      }
      let list = vectors.get(question.type);
      if (list === undefined) {
        list = createVectorList(question.embedding.length);
        vectors.set(question.type, list);
      }
      list.add(question);
    },
    get incomparable() {
      return incomparable;
    },
    get size() {
      return hashes.size;
    },
  };
  for (const question of options.bank) deduplicator.add(question);
  return deduplicator;
}

interface VectorList {
  add(question: EmbeddedQuestion): void;
  /** The most similar vector, among those that reach the threshold. */
  nearest(
    embedding: ArrayLike<number>,
    threshold: number,
  ): { of: string; similarity: number } | undefined;
}

/**
 * Unit vectors, one after the other in one array that doubles when it is full.
 *
 * Most vectors are ruled out by their first numbers alone: what the others can add to the cosine is at most
 * the product of their lengths (Cauchy-Schwarz). The result is that of a full comparison.
 */
function createVectorList(dimensions: number): VectorList {
  const head = Math.min(dimensions, 96);
  let flat = new Float32Array(dimensions * 64);
  let restLengths = new Float64Array(64);
  const owners: string[] = [];
  return {
    add({ contentHash, embedding }) {
      const start = owners.length * dimensions;
      if (start === flat.length) {
        const [vectors, lengths] = [flat, restLengths];
        flat = new Float32Array(vectors.length * 2);
        flat.set(vectors);
        restLengths = new Float64Array(lengths.length * 2);
        restLengths.set(lengths);
      }
      const unit = toUnit(embedding, dimensions);
      flat.set(unit, start);
      restLengths[owners.length] = restLength(unit, head);
      owners.push(contentHash);
    },
    nearest(embedding, threshold) {
      const unit = toUnit(embedding, dimensions);
      const rest = restLength(unit, head);
      let best = -1;
      let similarity = threshold;
      for (let index = 0; index < owners.length; index += 1) {
        const start = index * dimensions;
        const partial = dotProduct(flat, start, unit, 0, head);
        if (partial + rest * (restLengths[index] as number) < similarity - 1e-6) continue;
        const dot = partial + dotProduct(flat, start, unit, head, dimensions);
        if (dot < similarity || (best !== -1 && dot === similarity)) continue;
        similarity = dot;
        best = index;
      }
      return best === -1
        ? undefined
        : { of: owners[best] as string, similarity: Math.min(1, similarity) };
    },
  };
}

function restLength(unit: Float32Array, head: number): number {
  let square = 0;
  for (let at = head; at < unit.length; at += 1) square += (unit[at] as number) ** 2;
  return Math.sqrt(square);
}

function dotProduct(
  flat: Float32Array,
  start: number,
  unit: Float32Array,
  from: number,
  to: number,
): number {
  let dot = 0;
  for (let at = from; at < to; at += 1) dot += (flat[start + at] as number) * (unit[at] as number);
  return dot;
}

/** @throws {RangeError} When the vector has another length than the list's. */
function toUnit(vector: ArrayLike<number>, dimensions: number): Float32Array {
  if (vector.length !== dimensions) {
    throw new RangeError(`expected a vector of ${dimensions} numbers, got ${vector.length}`);
  }
  const unit = Float32Array.from(vector);
  let square = 0;
  for (const value of unit) square += value * value;
  const length = Math.sqrt(square);
  return length === 0 ? unit : unit.map((value) => value / length);
}
