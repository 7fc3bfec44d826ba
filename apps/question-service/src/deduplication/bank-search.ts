import type { QuestionType } from '../questions/question.ts';
import { mapInSlices } from '../resilience/map-in-slices.ts';
import type { BankRepository } from './bank-repository.ts';
import { createVectorList, type Neighbour, type VectorList } from './vector-list.ts';

/** Finds the nearest questions of the bank; both ways of searching give the same answers. */
export interface BankSearch {
  /** For each vector the most similar question of the type that reaches the threshold, if there is one. */
  findNearest(
    type: QuestionType,
    vectors: readonly Float32Array[],
  ): Promise<readonly (Neighbour | undefined)[]>;
}

interface Options {
  readonly bank: BankRepository;
  readonly model: string;
  readonly threshold: number;
  readonly pageSize: number;
  /** A run whose questions the caller compares with itself: in memory they are not read. */
  readonly runId?: string;
}

/** Searches in Postgres where it has pgvector, else in the memory of this process. */
export async function createBankSearch(options: Options): Promise<BankSearch> {
  const inPostgres = await options.bank.hasVectorSearch();
  return inPostgres ? createPostgresSearch(options) : createMemorySearch(options);
}

/** Postgres computes with other roundings: it finds a little more, and the exact cosine decides here. */
const roundingMargin = 1e-4;

/** Compares in Postgres: holds nothing but the candidates and what is near them. */
export function createPostgresSearch({ bank, model, threshold }: Options): BankSearch {
  return {
    async findNearest(type, vectors) {
      const near = await bank.findNear({ type, model }, vectors, threshold - roundingMargin);
      const lists = vectors.map(() => createVectorList());
      for (const { candidate, contentHash, vector } of near) {
        lists[candidate]?.add(contentHash, vector);
      }
      return vectors.map((vector, at) => lists[at]?.nearest(vector, threshold));
    },
  };
}

/**
 * A question is created when its transaction begins and is seen when it ends: this much earlier than the
 * last reading is read again, more than a transaction may take.
 */
const overlapMs = 60_000;

/**
 * Compares in this process: reads a type's vectors once, page by page, and then what others have stored
 * since. Holds 4 bytes a number.
 */
export function createMemorySearch(options: Options): BankSearch {
  const { bank, model, threshold, pageSize, runId } = options;
  const readings = new Map<QuestionType, Reading>();

  /** One reading of a type at a time; one that failed is begun again at the next call. */
  function read(type: QuestionType): Promise<VectorList> {
    const reading = readings.get(type) ?? { list: createVectorList(), known: new Set<string>() };
    readings.set(type, reading);
    reading.turn = (reading.turn ?? Promise.resolve())
      .catch(() => {})
      .then(() => readOn(type, reading));
    return reading.turn.then(() => reading.list);
  }

  async function readOn(type: QuestionType, reading: Reading): Promise<void> {
    const { list, known, readUntil } = reading;
    const begun = await bank.readClock();
    const since = readUntil && new Date(readUntil.getTime() - overlapMs);
    const pages = bank.listVectors(
      { type, model },
      { pageSize, ...(since && { since }), ...(runId && { exceptRunId: runId }) },
    );
    for await (const page of pages) {
      for (const { contentHash, vector } of page) {
        if (known.has(contentHash)) continue;
        list.add(contentHash, vector);
        known.add(contentHash);
      }
    }
    reading.readUntil = begun;
  }

  return {
    async findNearest(type, vectors) {
      const list = await read(type);
      return mapInSlices(vectors, (vector) => list.nearest(vector, threshold));
    },
  };
}

interface Reading {
  readonly list: VectorList;
  readonly known: Set<string>;
  /** When the last whole reading began, by the database's clock. */
  readUntil?: Date;
  turn?: Promise<void>;
}
