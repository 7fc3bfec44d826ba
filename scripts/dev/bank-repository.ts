import type { Database } from '@aiq/database';

/** Counts the active questions of the smallest of the 18 strata: 0 where one has none. */
export function createBankRepository({ prisma }: Database) {
  return {
    async countSmallestStratum(): Promise<number> {
      const strata = await prisma.question.groupBy({
        by: ['type', 'difficultyLevel'],
        where: { active: true },
        _count: true,
      });
      return strata.length < 18 ? 0 : Math.min(...strata.map((stratum) => stratum._count));
    },
    countAll: () => prisma.question.count({ where: { active: true } }),
  };
}
