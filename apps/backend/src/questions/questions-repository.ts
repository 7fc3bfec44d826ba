import type { Database } from '@aiq/database';
import type { LevelledItem } from '../psychometrics/form-assembly.ts';
import type { DifficultyLevel, QuestionType, ServedQuestion } from './question.ts';

/** What item selection needs of a question. */
export interface PoolItem extends LevelledItem {
  readonly domain: QuestionType;
  readonly level: DifficultyLevel;
}

/** The door to questions, read only. Keys and explanations do not pass through it. */
export function createQuestionsRepository({ prisma }: Database) {
  return {
    /** Gives the items that may be served, without their texts. */
    async listActiveItems(): Promise<PoolItem[]> {
      const rows = await prisma.question.findMany({
        where: { active: true },
        select: {
          id: true,
          type: true,
          difficultyLevel: true,
          discrimination: true,
          difficulty: true,
        },
        // A fixed order, so that a seeded choice can be repeated.
        orderBy: { id: 'asc' },
      });
      return rows.map(({ id, type, difficultyLevel, discrimination, difficulty }) => ({
        id,
        domain: type,
        level: difficultyLevel,
        discrimination,
        difficulty,
      }));
    },

    /** Gives what a test taker may see of a question. */
    async findServed(id: string): Promise<ServedQuestion | undefined> {
      const question = await prisma.question.findUnique({
        where: { id },
        select: { id: true, type: true, content: true, options: true, stimulus: true },
      });
      return question ?? undefined;
    },

    /** Counts active questions in each stratum that has one. */
    async countByStratum(): Promise<
      { type: QuestionType; difficultyLevel: DifficultyLevel; questions: number }[]
    > {
      const groups = await prisma.question.groupBy({
        by: ['type', 'difficultyLevel'],
        where: { active: true },
        _count: { _all: true },
      });
      return groups.map(({ type, difficultyLevel, _count }) => ({
        type,
        difficultyLevel,
        questions: _count._all,
      }));
    },
  };
}

export type QuestionsRepository = ReturnType<typeof createQuestionsRepository>;
