import type { Database } from '@aiq/database';

export interface AnswerKey {
  readonly keyIndex: number;
  readonly optionCount: number;
  /** The stored difficulty b, which the scorer uses. */
  readonly difficulty: number;
}

export function createKeysRepository({ prisma }: Database) {
  return {
    async getKey(questionId: string): Promise<AnswerKey> {
      const { keyIndex, options, difficulty } = await prisma.question.findUniqueOrThrow({
        where: { id: questionId },
        select: { keyIndex: true, options: true, difficulty: true },
      });
      return { keyIndex, optionCount: options.length, difficulty };
    },
  };
}

export type KeysRepository = ReturnType<typeof createKeysRepository>;
