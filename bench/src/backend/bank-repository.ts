import { createHash, randomUUID } from 'node:crypto';
import type { Database } from '@aiq/database';

const types = ['pattern', 'logic', 'spatial', 'math', 'verbal', 'memory'] as const;
/** b by level, as the bank has it before a calibration. */
const difficulties = { easy: -1, medium: 0, hard: 1 } as const;
const levels = ['easy', 'medium', 'hard'] as const;

/** Fills an empty bank with `perStratum` questions in each of the 18 strata: of the procedural ones' size, not their wit. */
export async function fillBank({ prisma }: Database, perStratum: number): Promise<void> {
  const runId = randomUUID();
  await prisma.pipelineRun.create({ data: { runId, trigger: 'cli', plan: {} } });
  for (const type of types) {
    for (const difficultyLevel of levels) {
      await prisma.question.createMany({
        data: Array.from({ length: perStratum }, (_, index) => {
          const content = `${type} ${difficultyLevel} ${index}: which of the four comes next? ${'x'.repeat(120)}`;
          return {
            type,
            difficultyLevel,
            content,
            options: ['alpha', 'beta', 'gamma', 'delta'],
            keyIndex: index % 4,
            explanation: `because of ${content}`,
            contentHash: createHash('sha256').update(content).digest('hex'),
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
      });
    }
  }
  await prisma.$executeRaw`ANALYZE questions`;
}

export async function readPostgresVersion({ prisma }: Database): Promise<string> {
  const [row] = await prisma.$queryRaw<{ version: string }[]>`
    SELECT current_setting('server_version') AS version`;
  return row?.version ?? 'unknown';
}

/** What the play left: a check that the figures are of work that was done. */
export async function countRows({ prisma }: Database) {
  const [users, completed, responses] = await Promise.all([
    prisma.user.count(),
    prisma.result.count(),
    prisma.response.count(),
  ]);
  return { users, completed, responses };
}
