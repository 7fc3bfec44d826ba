import type { Database } from '@aiq/database';
import type { QuestionType } from '../questions/question.ts';
import type { EmbeddableQuestion } from './question-embedder.ts';
import { parseRealArray } from './real-array.ts';

/** A question of the bank as it takes part in comparisons. */
export interface BankVector {
  readonly contentHash: string;
  readonly vector: Float32Array;
}

/** A question of the bank near a candidate, which is named by its place in the list asked. */
export interface NearVector extends BankVector {
  readonly candidate: number;
}

interface Place {
  readonly type: QuestionType;
  readonly model: string;
}

/** The door of deduplication to `questions`. */
export function createBankRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    /** Which of these content hashes the bank has. */
    async findStored(contentHashes: readonly string[]): Promise<ReadonlySet<string>> {
      const rows = await prisma.question.findMany({
        where: { contentHash: { in: [...contentHashes] } },
        select: { contentHash: true },
      });
      return new Set(rows.map(({ contentHash }) => contentHash));
    },

    /** The moment by the database's clock, which is that of `created_at`. */
    async readClock(): Promise<Date> {
      const [row] = await prisma.$queryRaw<[{ now: Date }]>`SELECT now() AS now`;
      return row.now;
    },

    /**
     * Vectors of a type by a model, page by page; of questions created since a moment, where one is given, and
     * without those of a run.
     *
     * Ordered by the column: `id` alone would be the text that is selected, and each page would sort all rows.
     */
    async *listVectors(
      { type, model }: Place,
      options: { readonly pageSize: number; readonly since?: Date; readonly exceptRunId?: string },
    ): AsyncGenerator<readonly BankVector[]> {
      const { pageSize, since = new Date(0), exceptRunId = null } = options;
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const page = await prisma.$queryRaw<RawVector[]>`
          SELECT id::text, content_hash, array_send(embedding) AS embedding FROM questions
          WHERE type = ${type}::question_type AND embedding_model = ${model}
            AND created_at >= ${since} AND id > ${after}::uuid
            AND run_id IS DISTINCT FROM ${exceptRunId}::uuid
          ORDER BY questions.id LIMIT ${pageSize}`;
        if (page.length > 0) yield page.map(toBankVector);
        if (page.length < pageSize) return;
        after = page.at(-1)?.id ?? after;
      }
    },

    /** Whether Postgres can compare vectors itself: pgvector is installed in this database. */
    async hasVectorSearch(): Promise<boolean> {
      const [row] = await prisma.$queryRaw<[{ found: boolean }]>`
        SELECT to_regtype('vector') IS NOT NULL AS found`;
      return row.found;
    },

    /**
     * The bank's nearest vectors within a cosine similarity of each candidate, at most four for each.
     * Every vector of the type is compared, none by way of an approximate index. Needs pgvector.
     */
    async findNear(
      { type, model }: Place,
      candidates: readonly Float32Array[],
      similarityMin: number,
    ): Promise<readonly NearVector[]> {
      const asked = JSON.stringify(
        candidates.map((vector, candidate) => ({ candidate, vector: Array.from(vector) })),
      );
      const rows = await prisma.$queryRaw<(RawVector & { candidate: number })[]>`
        WITH asked AS MATERIALIZED (
          SELECT candidate, vector::vector
          FROM jsonb_to_recordset(${asked}::jsonb) AS candidates(candidate int, vector real[])
        ), near AS (
          SELECT asked.candidate, bank.id, asked.distance,
            row_number() OVER (PARTITION BY asked.candidate ORDER BY asked.distance, bank.id) AS place
          FROM (
            SELECT id, embedding::vector AS vector FROM questions
            WHERE type = ${type}::question_type AND embedding_model = ${model}
            OFFSET 0 -- each vector of the bank is read once, then compared with all candidates
          ) AS bank
          CROSS JOIN LATERAL (
            SELECT asked.candidate, bank.vector <=> asked.vector AS distance FROM asked
            WHERE bank.vector <=> asked.vector <= ${1 - similarityMin}
            OFFSET 0
          ) AS asked
        )
        SELECT near.candidate, id::text, content_hash, array_send(embedding) AS embedding
        FROM near JOIN questions USING (id) WHERE place <= 4`;
      return rows.map((row) => ({ ...toBankVector(row), candidate: row.candidate }));
    },

    /** Questions of a type that the model has not embedded, after an id and in the order of ids. */
    async listForeign(
      { type, model }: Place,
      { after, limit }: { readonly after: string | undefined; readonly limit: number },
    ): Promise<readonly (EmbeddableQuestion & { readonly id: string })[]> {
      const rows = await prisma.question.findMany({
        where: {
          type,
          OR: [{ embeddingModel: { not: model } }, { embedding: { isEmpty: true } }],
          ...(after === undefined ? {} : { id: { gt: after } }),
        },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, stimulus: true, content: true, options: true },
      });
      return rows.map(({ stimulus, ...row }) => (stimulus === null ? row : { ...row, stimulus }));
    },

    /** Gives stored questions the vectors of a model in the place of those they had. */
    async replaceEmbeddings(
      model: string,
      replacements: readonly { readonly id: string; readonly vector: Float32Array }[],
    ): Promise<void> {
      const rows = JSON.stringify(
        replacements.map(({ id, vector }) => ({ id, vector: Array.from(vector) })),
      );
      await prisma.$executeRaw`
        UPDATE questions SET embedding = replacement.vector, embedding_model = ${model}
        FROM jsonb_to_recordset(${rows}::jsonb) AS replacement(id uuid, vector real[])
        WHERE questions.id = replacement.id`;
    },
  };
}

export type BankRepository = ReturnType<typeof createBankRepository>;

interface RawVector {
  readonly id: string;
  readonly content_hash: string;
  readonly embedding: Uint8Array;
}

function toBankVector({ content_hash, embedding }: RawVector): BankVector {
  return { contentHash: content_hash, vector: parseRealArray(embedding) };
}
