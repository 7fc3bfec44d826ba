import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '@aiq/database';
import { difficultyLevels, questionTypes } from '../../src/questions/question.ts';

/** In every explanation: no body that a client gets before the end may contain it. */
export const explanationMark = 'because-of-the-explanation';

const difficulties = { easy: -1, medium: 0, hard: 1 } as const;

/** Fills the bank as question-service would: `perStratum` uncalibrated questions in each of the 18 strata. */
export async function fillBank({ prisma }: Database, perStratum: number): Promise<void> {
  const runId = randomUUID();
  await prisma.pipelineRun.create({ data: { runId, trigger: 'cli', plan: {} } });
  const data = questionTypes.flatMap((type) =>
    difficultyLevels.flatMap((difficultyLevel) =>
      Array.from({ length: perStratum }, (_, index) => {
        const content = `${type} ${difficultyLevel} ${index} ${runId}`;
        return {
          type,
          difficultyLevel,
          content,
          options: ['alpha', 'beta', 'gamma', 'delta'],
          keyIndex: index % 4,
          explanation: `${explanationMark} ${content}`,
          contentHash: createHash('sha256').update(content).digest('hex'),
          embedding: [],
          embeddingModel: 'none',
          promptVersion: 'procedural-1',
          provider: 'procedural',
          model: 'procedural-1',
          judgeProvider: 'procedural',
          judgeModel: 'procedural-1',
          judgeScores: {},
          judgeScore: 1,
          difficulty: difficulties[difficultyLevel],
          runId,
        };
      }),
    ),
  );
  await prisma.question.createMany({ data });
}

/** The right option of a question, which no route tells. */
export async function keyOf({ prisma }: Database, questionId: string): Promise<number> {
  const question = await prisma.question.findUniqueOrThrow({ where: { id: questionId } });
  return question.keyIndex;
}
