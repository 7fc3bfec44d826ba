import { createDatabase } from '@aiq/database';

/** The rows that carry a run's id, counted in the database itself. */
export async function countQuestionsOf(databaseUrl: string, runId: string): Promise<number> {
  const database = createDatabase({ url: databaseUrl, applicationName: 'system-tests' });
  try {
    return await database.prisma.question.count({ where: { runId } });
  } finally {
    await database.close();
  }
}
