import { unauthorized } from '../auth/require-user.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { ServedQuestion } from '../questions/question.ts';
import type { ItemSnapshot, PoolItem } from '../questions/questions-repository.ts';
import { chooseFirstQuestion, chooseForm } from './choose-question.ts';
import { expireIfDue } from './find-test-session.ts';
import type { TestSessionMode, TestSessionProgress } from './test-session.ts';
import type { TestSessionDependencies } from './test-session-dependencies.ts';
import { recordServed, recordStarted } from './test-session-telemetry.ts';
import type { CreationOutcome, NewTestSession } from './test-sessions-repository.ts';

export interface StartRequest {
  readonly userId: string;
  readonly mode: TestSessionMode;
  /** Length of the form, or the most an adaptive session may ask. The settings' default where absent. */
  readonly itemsMax?: number | undefined;
}

/**
 * Starts a test session and serves its first question.
 *
 * @throws {ProblemError} active_session_exists with its id; retake_too_early with the time from which one may be
 *   started; no_questions_available for an empty bank.
 */
export async function startTestSession(
  dependencies: TestSessionDependencies,
  request: StartRequest,
): Promise<{ session: TestSessionProgress; question: ServedQuestion }> {
  const { testSessions, questions, itemPool, clock } = dependencies;
  await assertRested(dependencies, request);
  const pool = await itemPool.get();
  const seenQuestionIds = await testSessions.listSeenQuestionIds(request.userId);
  const bank = { ...pool, seenQuestionIds, now: clock.now() };
  const { first, input } = plan(dependencies, request, bank);
  const question = first && (await questions.findServed(first.id));
  if (first === undefined || input === undefined || question === undefined) throw emptyBank();

  const outcome = await createOrReplaceExpired(dependencies, input);
  if (outcome.status === 'user_unknown') throw unauthorized();
  if (outcome.status === 'active_session_exists')
    throw await activeSessionExists(dependencies, request);

  recordStarted(dependencies, outcome.session);
  recordServed(dependencies, { type: first.domain, difficultyLevel: first.level });
  return { session: outcome.session, question };
}

function plan(
  { settings, drawSeed }: TestSessionDependencies,
  { userId, mode, itemsMax }: StartRequest,
  bank: ItemSnapshot & { readonly seenQuestionIds: readonly string[]; readonly now: Date },
): { first?: PoolItem | undefined; input?: NewTestSession } {
  const { items, calibrationVersion, seenQuestionIds, now } = bank;
  const { fixed, adaptive, typeWeights } = settings;
  const seed = drawSeed();
  const choice = { seenQuestionIds, typeWeights, seed };
  const { difficultyMix } = fixed;
  const form =
    mode === 'fixed'
      ? chooseForm(items, { ...choice, length: itemsMax ?? fixed.items, difficultyMix })
      : [];
  const first =
    mode === 'fixed'
      ? form[0]
      : chooseFirstQuestion(items, { ...choice, k: adaptive.randomesqueK });
  if (first === undefined) return {};

  return {
    first,
    input: {
      userId,
      mode,
      itemsMax: mode === 'fixed' ? form.length : (itemsMax ?? adaptive.itemsMax),
      formQuestionIds: form.map(({ id }) => id),
      currentQuestionId: first.id,
      currentServedAt: now,
      seed,
      calibrationVersion,
      startedAt: now,
      expiresAt: new Date(now.getTime() + settings.durationSecondsMax * 1000),
    },
  };
}

/** A session that ran out of time ended with its time, whether or not that was noticed. */
async function assertRested(
  { testSessions, settings, clock }: TestSessionDependencies,
  { userId }: StartRequest,
): Promise<void> {
  const { retakeAfterSeconds } = settings;
  if (retakeAfterSeconds === 0) return;
  const now = clock.now();
  const endedAt = await testSessions.findLastEnd(userId, now);
  if (endedAt === undefined) return;
  const availableAt = new Date(endedAt.getTime() + retakeAfterSeconds * 1000);
  if (availableAt <= now) return;
  const seconds = Math.ceil((availableAt.getTime() - now.getTime()) / 1000);
  throw new ProblemError('retake_too_early', {
    detail: `Start the next session at ${availableAt.toISOString()} or later.`,
    members: { availableAt: availableAt.toISOString() },
    headers: { 'Retry-After': String(seconds) },
  });
}

/** A session that ran out of time must not stand in the way of a new one. */
async function createOrReplaceExpired(
  dependencies: TestSessionDependencies,
  input: NewTestSession,
): Promise<CreationOutcome> {
  const { testSessions } = dependencies;
  const outcome = await testSessions.create(input);
  if (outcome.status !== 'active_session_exists') return outcome;

  const active = await testSessions.findActive(input.userId);
  const current = active && (await expireIfDue(dependencies, active));
  return current?.status === 'active' ? outcome : testSessions.create(input);
}

async function activeSessionExists(
  { testSessions }: TestSessionDependencies,
  { userId }: StartRequest,
): Promise<ProblemError> {
  const active = await testSessions.findActive(userId);
  return new ProblemError('active_session_exists', {
    detail: 'Answer it to its end, or abandon it, before another is started.',
    ...(active === undefined ? {} : { members: { testSessionId: active.id } }),
  });
}

function emptyBank(): ProblemError {
  return new ProblemError('no_questions_available', {
    detail: 'The bank holds no active question. Fill it with: pnpm generate --count 180',
    headers: { 'Retry-After': '30' },
  });
}
