import type { Database } from '@aiq/database';
import type { LevelledItem } from '../psychometrics/form-assembly.ts';
import type { DifficultyLevel, QuestionType, ServedQuestion } from './question.ts';

/** What item selection needs of a question. */
export interface PoolItem extends LevelledItem {
  readonly domain: QuestionType;
  readonly level: DifficultyLevel;
}

/** The bank as one calibration sees it. */
export interface ItemSnapshot {
  /** 0 is the bank as its authors wrote it. */
  readonly calibrationVersion: number;
  readonly items: readonly PoolItem[];
}

/** The door to questions, read only. Keys and explanations do not pass through it. */
export function createQuestionsRepository({ prisma }: Database) {
  const listItems = async (calibrationVersion: number): Promise<ItemSnapshot> => ({
    calibrationVersion,
    // In a fixed order, so that a seeded choice can be repeated.
    items: await prisma.$queryRaw<PoolItem[]>`
      SELECT q.id, q.type::text AS domain, q.difficulty_level::text AS level,
        coalesce(c.discrimination, q.discrimination) AS discrimination,
        coalesce(c.difficulty, q.difficulty) AS difficulty
      FROM questions q LEFT JOIN (
        SELECT DISTINCT ON (question_id) question_id, discrimination, difficulty
        FROM calibrated_items WHERE version <= ${calibrationVersion}
        ORDER BY question_id, version DESC
      ) c ON c.question_id = q.id
      WHERE q.active ORDER BY q.id`,
  });

  return {
    /** Gives the items that may be served, without their texts, with the parameters of the newest calibration. */
    async listNewestItems(): Promise<ItemSnapshot> {
      const { _max } = await prisma.calibration.aggregate({ _max: { version: true } });
      return listItems(_max.version ?? 0);
    },

    /** Gives them with the parameters that an earlier calibration left them with. */
    listItems,

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
