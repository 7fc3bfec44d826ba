import type { Database } from '@aiq/database';
import type { TestSessionMode } from '../test-sessions/test-session.ts';

export interface DeletedUser {
  /** Modes of the sessions that were in progress, and are abandoned now. */
  readonly abandoned: readonly TestSessionMode[];
  /** Sessions whose responses stay, without a user. */
  readonly sessionsKept: number;
}

/** Time to wait for answers that are being scored. */
const transactionLimits = { maxWait: 3000, timeout: 10_000 } as const;

/** The door to what a user leaves behind. */
export function createDeletedUserRepository({ prisma }: Database) {
  return {
    /**
     * Deletes a user with logins, tokens, known addresses and results; undefined for no such user.
     *
     * Sessions with responses stay for calibration, cut off from the person: no user, another id, and times moved
     * to the start of their day, so that neither a log nor a trace leads to them. Intervals between times stay.
     */
    async delete(userId: string, now: Date): Promise<DeletedUser | undefined> {
      return prisma.$transaction(async (transaction) => {
        // Sessions first, as an answer does: the other way round each could wait for the other.
        await transaction.$queryRaw`
          SELECT id FROM test_sessions WHERE user_id = ${userId}::uuid ORDER BY id FOR UPDATE`;
        const users = await transaction.$queryRaw<unknown[]>`
          SELECT id FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
        if (users.length === 0) return undefined;

        const abandoned = await transaction.$queryRaw<{ mode: TestSessionMode }[]>`
          UPDATE test_sessions
          SET status = 'abandoned', stop_reason = 'abandoned', finished_at = ${now}
          WHERE user_id = ${userId}::uuid AND status = 'active'
          RETURNING mode::text AS mode`;
        await transaction.testSession.deleteMany({ where: { userId, responses: { none: {} } } });
        await transaction.$executeRaw`
          UPDATE responses r
          SET served_at = r.served_at - s.since, answered_at = r.answered_at - s.since
          FROM (
            SELECT id, started_at - date_trunc('day', started_at, 'UTC') AS since
            FROM test_sessions WHERE user_id = ${userId}::uuid
          ) s
          WHERE r.session_id = s.id`;
        const sessionsKept = await transaction.$executeRaw`
          UPDATE test_sessions SET id = gen_random_uuid(), user_id = NULL,
            started_at = started_at - s.since, expires_at = expires_at - s.since,
            finished_at = finished_at - s.since, current_served_at = current_served_at - s.since
          FROM (
            SELECT id AS of, started_at - date_trunc('day', started_at, 'UTC') AS since
            FROM test_sessions WHERE user_id = ${userId}::uuid
          ) s
          WHERE id = s.of`;
        await transaction.user.delete({ where: { id: userId } });
        return { abandoned: abandoned.map(({ mode }) => mode), sessionsKept };
      }, transactionLimits);
    },
  };
}

export type DeletedUserRepository = ReturnType<typeof createDeletedUserRepository>;
