import type { Database } from '@aiq/database';
import { parseRealArray } from './real-array.ts';

/**
 * The door to `embedding_cache`: vectors by the model that computed them and the SHA-256 of the text.
 *
 * A parameter for each number would hold the process up for 0.2 s a batch: a statement has one for all rows.
 */
export function createEmbeddingCacheRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    async find(
      model: string,
      textHashes: readonly string[],
    ): Promise<ReadonlyMap<string, Float32Array>> {
      const rows = await prisma.$queryRaw<{ text_sha256: string; embedding: Uint8Array }[]>`
        SELECT text_sha256, array_send(embedding) AS embedding FROM embedding_cache
        WHERE model = ${model} AND text_sha256 = ANY (${textHashes})`;
      return new Map(rows.map((row) => [row.text_sha256, parseRealArray(row.embedding)]));
    },

    /** Keeps vectors; what another process has stored in the meantime stays. */
    async store(
      model: string,
      entries: Iterable<readonly [textSha256: string, embedding: Float32Array]>,
    ): Promise<void> {
      const rows = Array.from(entries, ([textSha256, embedding]) => ({
        text_sha256: textSha256,
        embedding: Array.from(embedding),
      }));
      await prisma.$executeRaw`
        INSERT INTO embedding_cache (model, text_sha256, embedding)
        SELECT ${model}, text_sha256, embedding
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS entry(text_sha256 text, embedding real[])
        ON CONFLICT DO NOTHING`;
    },

    /** Drops what was stored before a moment, and gives how many entries that were. */
    async deleteOlderThan(moment: Date): Promise<number> {
      const { count } = await prisma.embeddingCacheEntry.deleteMany({
        where: { createdAt: { lt: moment } },
      });
      return count;
    },
  };
}

export type EmbeddingCacheRepository = ReturnType<typeof createEmbeddingCacheRepository>;
