import { type Database, isUniqueViolation, uniqueConstraints } from '@aiq/database';
import { isForeignKeyViolation } from '../database/foreign-key-violation.ts';
import { type LockedTestSession, lockTestSession } from './locked-test-session-repository.ts';
import { listSeenQuestionIds } from './seen-questions-repository.ts';
import type {
  AbandonReason,
  TestResult,
  TestSessionMode,
  TestSessionProgress,
} from './test-session.ts';

const sessionColumns = {
  id: true,
  mode: true,
  status: true,
  itemsMax: true,
  formQuestionIds: true,
  currentQuestionId: true,
  currentServedAt: true,
  seed: true,
  calibrationVersion: true,
  stopReason: true,
  startedAt: true,
  expiresAt: true,
  finishedAt: true,
} as const;

const resultColumns = {
  sessionId: true,
  theta: true,
  standardError: true,
  scaledScore: true,
  intervalLower: true,
  intervalUpper: true,
  itemsAnswered: true,
  itemsCorrect: true,
  stopReason: true,
  createdAt: true,
} as const;

export interface NewTestSession {
  readonly userId: string;
  readonly mode: TestSessionMode;
  readonly itemsMax: number;
  readonly formQuestionIds: string[];
  readonly currentQuestionId: string;
  readonly currentServedAt: Date;
  readonly seed: number;
  readonly calibrationVersion: number;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

export type CreationOutcome =
  | { readonly status: 'created'; readonly session: TestSessionProgress }
  | { readonly status: 'active_session_exists' }
  | { readonly status: 'user_unknown' };

/** The door to test_sessions, responses and results. */
export function createTestSessionsRepository({ prisma }: Database) {
  /** Counted for these sessions alone: a count within the query of a list is one over everybody's responses. */
  const withProgress = async <Row extends { readonly id: string }>(
    rows: readonly Row[],
  ): Promise<(Row & { itemsAnswered: number })[]> => {
    const counts = await prisma.response.groupBy({
      by: ['sessionId'],
      where: { sessionId: { in: rows.map(({ id }) => id) } },
      _count: { _all: true },
    });
    const answered = new Map(counts.map(({ sessionId, _count }) => [sessionId, _count._all]));
    return rows.map((row) => ({ ...row, itemsAnswered: answered.get(row.id) ?? 0 }));
  };

  return {
    /** One active session a user is the database's constraint: two at once cannot both be created. */
    async create(input: NewTestSession): Promise<CreationOutcome> {
      try {
        const created = await prisma.testSession.create({ data: input, select: { id: true } });
        return { status: 'created', session: { ...started, ...input, id: created.id } };
      } catch (error) {
        if (isUniqueViolation(error, uniqueConstraints.activeTestSessionOfUser)) {
          return { status: 'active_session_exists' };
        }
        if (isForeignKeyViolation(error)) return { status: 'user_unknown' };
        throw error;
      }
    },

    async findById(id: string, userId: string): Promise<TestSessionProgress | undefined> {
      const row = await prisma.testSession.findUnique({
        where: { id, userId },
        select: sessionColumns,
      });
      return row === null ? undefined : (await withProgress([row]))[0];
    },

    async findActive(userId: string): Promise<TestSessionProgress | undefined> {
      const row = await prisma.testSession.findFirst({
        where: { userId, status: 'active' },
        select: sessionColumns,
      });
      return row === null ? undefined : (await withProgress([row]))[0];
    },

    /** Lists the user's sessions, newest first, after the one that `cursor` names. */
    async list(
      userId: string,
      page: { readonly limit: number; readonly cursor?: string | undefined },
    ): Promise<(TestSessionProgress & { readonly scaledScore: number | null })[]> {
      const rows = await prisma.testSession.findMany({
        where: { userId },
        select: { ...sessionColumns, result: { select: { scaledScore: true } } },
        orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
        take: page.limit,
        ...(page.cursor === undefined ? {} : { cursor: { id: page.cursor, userId }, skip: 1 }),
      });
      const sessions = rows.map(({ result, ...row }) => ({
        ...row,
        scaledScore: result?.scaledScore ?? null,
      }));
      return withProgress(sessions);
    },

    /** Gives the ids of all questions that the user was ever served. */
    listSeenQuestionIds: (userId: string) => listSeenQuestionIds(prisma, userId),

    /** Ends an active session without a result; false where it was not active any more. */
    async abandon(
      id: string,
      { reason, finishedAt }: { readonly reason: AbandonReason; readonly finishedAt: Date },
    ): Promise<boolean> {
      const { count } = await prisma.testSession.updateMany({
        where: { id, status: 'active' },
        data: { status: 'abandoned', stopReason: reason, finishedAt },
      });
      return count === 1;
    },

    async findResult(sessionId: string, userId: string): Promise<TestResult | undefined> {
      const result = await prisma.result.findUnique({
        where: { sessionId, userId },
        select: resultColumns,
      });
      return result ?? undefined;
    },

    /** Counts sessions in progress at `now`, by mode. */
    async countActive(now: Date): Promise<Record<TestSessionMode, number>> {
      const groups = await prisma.testSession.groupBy({
        by: ['mode'],
        where: { status: 'active', expiresAt: { gt: now } },
        _count: { _all: true },
      });
      const counts = { fixed: 0, adaptive: 0 };
      for (const { mode, _count } of groups) counts[mode] = _count._all;
      return counts;
    },

    /**
     * Runs `work` in a transaction that holds the session's row: answers to one session take their turns,
     * whichever instance they reach. `work` is given undefined where the user has no such session.
     */
    withLock<Outcome>(
      id: string,
      userId: string,
      work: (locked: LockedTestSession | undefined) => Promise<Outcome>,
    ): Promise<Outcome> {
      return prisma.$transaction(
        async (transaction) => work(await lockTestSession(transaction, { id, userId })),
        { maxWait: 3000, timeout: 10_000 },
      );
    },
  };
}

export type TestSessionsRepository = ReturnType<typeof createTestSessionsRepository>;

const started = { status: 'active', itemsAnswered: 0, stopReason: null, finishedAt: null } as const;
