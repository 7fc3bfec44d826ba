import type { Database } from '@aiq/database';

/** The door to `embedding_cache`: vectors by the model that computed them and the SHA-256 of the text. */
export function createEmbeddingCacheRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    async find(
      model: string,
      textHashes: readonly string[],
    ): Promise<ReadonlyMap<string, Float32Array>> {
      const rows = await prisma.embeddingCacheEntry.findMany({
        where: { model, textSha256: { in: [...textHashes] } },
        select: { textSha256: true, embedding: true },
      });
      return new Map(
        rows.map(({ textSha256, embedding }) => [textSha256, Float32Array.from(embedding)]),
      );
    },

    /** Keeps vectors; what another process has stored in the meantime stays. */
    async store(
      model: string,
      entries: Iterable<readonly [textSha256: string, embedding: Float32Array]>,
    ): Promise<void> {
      await prisma.embeddingCacheEntry.createMany({
        data: Array.from(entries, ([textSha256, embedding]) => ({
          model,
          textSha256,
          embedding: Array.from(embedding),
        })),
        skipDuplicates: true,
      });
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
