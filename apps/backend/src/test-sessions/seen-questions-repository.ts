import type { Prisma } from '@aiq/database';

/**
 * Gives the ids of all questions that a user was ever served: those answered, and those that stood
 * last in a session that ended without an answer to them.
 */
export async function listSeenQuestionIds(
  client: Pick<Prisma.TransactionClient, '$queryRaw'>,
  userId: string,
): Promise<string[]> {
  const rows = await client.$queryRaw<{ id: string }[]>`
    SELECT r.question_id AS id
    FROM responses r JOIN test_sessions s ON s.id = r.session_id
    WHERE s.user_id = ${userId}::uuid
    UNION
    SELECT current_question_id FROM test_sessions
    WHERE user_id = ${userId}::uuid AND current_question_id IS NOT NULL`;
  return rows.map(({ id }) => id);
}
