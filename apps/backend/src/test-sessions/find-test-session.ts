import type { Page, PageRequest } from '../page.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { ServedQuestion } from '../questions/question.ts';
import { isExpired, type TestResult, type TestSessionProgress } from './test-session.ts';
import type { TestSessionDependencies } from './test-session-dependencies.ts';
import { recordAbandoned } from './test-session-telemetry.ts';
import type { ListedTestSession } from './test-sessions-repository.ts';

interface Owned {
  readonly userId: string;
  readonly sessionId: string;
}

/** @throws {ProblemError} test_session_not_found, for another user's session too. */
export async function getTestSession(
  dependencies: TestSessionDependencies,
  { userId, sessionId }: Owned,
): Promise<TestSessionProgress> {
  const session = await dependencies.testSessions.findById(sessionId, userId);
  if (session === undefined) throw new ProblemError('test_session_not_found');
  return expireIfDue(dependencies, session);
}

/** @throws {ProblemError} test_session_not_found where the user has none in progress. */
export async function getActiveTestSession(
  dependencies: TestSessionDependencies,
  userId: string,
): Promise<TestSessionProgress> {
  const session = await dependencies.testSessions.findActive(userId);
  const current = session && (await expireIfDue(dependencies, session));
  if (current?.status !== 'active') throw new ProblemError('test_session_not_found');
  return current;
}

/**
 * @throws {ProblemError} test_session_not_found; test_session_expired or test_session_finished where
 *   no question stands.
 */
export async function getCurrentQuestion(
  dependencies: TestSessionDependencies,
  owned: Owned,
): Promise<{ session: TestSessionProgress; question: ServedQuestion }> {
  const session = await getTestSession(dependencies, owned);
  assertActive(session);
  return { session, question: await getServedQuestion(dependencies, session.currentQuestionId) };
}

/** @throws {ProblemError} test_session_not_found; result_not_ready before the end, or without one. */
export async function getResult(
  dependencies: TestSessionDependencies,
  owned: Owned,
): Promise<TestResult> {
  const result = await dependencies.testSessions.findResult(owned.sessionId, owned.userId);
  if (result !== undefined) return result;
  const session = await getTestSession(dependencies, owned);
  throw new ProblemError('result_not_ready', {
    detail: `The session is ${session.status}: only a completed one has a result.`,
  });
}

/** Abandons a session; one that was abandoned already stays as it is. @throws {ProblemError} test_session_finished */
export async function abandonTestSession(
  dependencies: TestSessionDependencies,
  owned: Owned,
): Promise<TestSessionProgress> {
  const session = await getTestSession(dependencies, owned);
  if (session.status === 'active') {
    const finishedAt = dependencies.clock.now();
    const ended = { reason: 'abandoned', finishedAt } as const;
    if (await dependencies.testSessions.abandon(session.id, ended)) {
      recordAbandoned(dependencies, session);
    }
  }
  const current = await getTestSession(dependencies, owned);
  if (current.status === 'completed') throw new ProblemError('test_session_finished');
  return current;
}

/** Lists the user's sessions, newest first. @throws {ProblemError} unknown_cursor */
export async function listTestSessions(
  dependencies: TestSessionDependencies,
  { userId, ...page }: PageRequest & { readonly userId: string },
): Promise<Page<ListedTestSession>> {
  const { elements, nextCursor } = await dependencies.testSessions.list(userId, page);
  const current = elements.map(async (session) => ({
    ...(await expireIfDue(dependencies, session)),
    scaledScore: session.scaledScore,
  }));
  return { elements: await Promise.all(current), nextCursor };
}

/** Ends a session that ran out of time, once, whoever finds it first. */
export async function expireIfDue(
  dependencies: TestSessionDependencies,
  session: TestSessionProgress,
): Promise<TestSessionProgress> {
  if (!isExpired(session, dependencies.clock.now())) return session;
  const ended = { reason: 'time_limit_reached', finishedAt: session.expiresAt } as const;
  if (await dependencies.testSessions.abandon(session.id, ended)) {
    recordAbandoned(dependencies, session);
  }
  return {
    ...session,
    status: 'abandoned',
    stopReason: ended.reason,
    finishedAt: ended.finishedAt,
  };
}

/** @throws {ProblemError} test_session_expired, test_session_finished */
export function assertActive(session: {
  readonly status: string;
  readonly stopReason: string | null;
}): void {
  if (session.status === 'active') return;
  if (session.stopReason === 'time_limit_reached') throw new ProblemError('test_session_expired');
  throw new ProblemError('test_session_finished');
}

export async function getServedQuestion(
  { questions }: TestSessionDependencies,
  questionId: string | null,
): Promise<ServedQuestion> {
  const question = questionId === null ? undefined : await questions.findServed(questionId);
  if (question === undefined) throw new Error('the current question is not in the bank any more');
  return question;
}
