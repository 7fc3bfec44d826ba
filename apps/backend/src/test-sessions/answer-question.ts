import type { ProblemCode } from '../problem/problem-codes.ts';
import { ProblemError } from '../problem/problem-error.ts';
import {
  type AbilityEstimate,
  estimateAbility,
  type ScoredResponse,
} from '../psychometrics/ability-estimation.ts';
import { toScaledScore } from '../psychometrics/scaled-score.ts';
import {
  decideAdaptiveStop,
  decideFixedStop,
  type StopReason,
} from '../psychometrics/stopping-rule.ts';
import type { ServedQuestion } from '../questions/question.ts';
import type { ItemSnapshot, PoolItem } from '../questions/questions-repository.ts';
import { chooseAdaptiveQuestion } from './choose-question.ts';
import { getServedQuestion } from './find-test-session.ts';
import type { LockedTestSession, QuestionKey } from './locked-test-session-repository.ts';
import { isExpired, type TestSession } from './test-session.ts';
import type { TestSessionDependencies } from './test-session-dependencies.ts';
import { recordAbandoned, recordCompleted, recordServed } from './test-session-telemetry.ts';

export interface Answer {
  readonly userId: string;
  readonly sessionId: string;
  readonly questionId: string;
  readonly optionIndex: number;
}

/** Where the session stands after an answer. */
export interface AnswerReceipt {
  readonly itemsAnswered: number;
  readonly itemsMax: number;
  /** Absent where the session is at its end. */
  readonly next?: ServedQuestion;
}

type NextQuestion = Pick<PoolItem, 'id' | 'domain' | 'level'>;
type Scored = { readonly session: TestSession; readonly itemsAnswered: number } & (
  | { readonly status: 'served'; readonly next: NextQuestion }
  | { readonly status: 'completed'; readonly scaledScore: number }
);
type Outcome =
  | Scored
  /** The same answer came again: nothing was changed. */
  | { readonly status: 'repeated'; readonly session: TestSession; readonly itemsAnswered: number }
  | { readonly status: 'expired'; readonly session: TestSession }
  | { readonly status: 'refused'; readonly code: ProblemCode };
/** The session began before the newest calibration: it goes on with its own. */
type CalibratedSince = { readonly status: 'calibrated_since'; readonly session: TestSession };

/**
 * Scores an answer, once: the same answer sent again changes nothing and gives the same receipt, however
 * many arrive at a time and at whichever instance.
 *
 * @throws {ProblemError} test_session_not_found, test_session_finished, test_session_expired,
 *   question_not_current, question_already_answered, option_out_of_range
 */
export async function answerQuestion(
  dependencies: TestSessionDependencies,
  answer: Answer,
): Promise<AnswerReceipt> {
  // Before the transaction: a renewal inside would wait for a second connection while holding one.
  let outcome = await takeTurn(dependencies, answer, await dependencies.itemPool.get());
  if (outcome.status === 'calibrated_since') {
    const { calibrationVersion } = outcome.session;
    const pool = await dependencies.itemPool.getVersion(calibrationVersion);
    outcome = await takeTurn(dependencies, answer, pool);
  }
  if (outcome.status === 'calibrated_since') {
    throw new Error(`the items of calibration ${outcome.session.calibrationVersion} are not there`);
  }

  if (outcome.status === 'refused') throw new ProblemError(outcome.code);
  const { session } = outcome;
  if (outcome.status === 'expired') {
    recordAbandoned(dependencies, session);
    throw new ProblemError('test_session_expired');
  }
  if (outcome.status === 'completed') recordCompleted(dependencies, session, outcome.scaledScore);
  if (outcome.status === 'served') {
    recordServed(dependencies, { type: outcome.next.domain, difficultyLevel: outcome.next.level });
  }
  return toReceipt(dependencies, outcome);
}

interface Turn {
  readonly locked: LockedTestSession;
  readonly answer: Answer;
  readonly pool: ItemSnapshot;
}

function takeTurn(
  dependencies: TestSessionDependencies,
  answer: Answer,
  pool: ItemSnapshot,
): Promise<Outcome | CalibratedSince> {
  const { sessionId, userId } = answer;
  return dependencies.testSessions.withLock(sessionId, userId, async (locked) => {
    if (locked === undefined) return refuse('test_session_not_found');
    const { session } = locked;
    if (session.calibrationVersion !== pool.calibrationVersion) {
      return { status: 'calibrated_since', session };
    }
    return decide(dependencies, { locked, answer, pool });
  });
}

async function decide(dependencies: TestSessionDependencies, turn: Turn): Promise<Outcome> {
  const { locked, answer } = turn;
  const { session, responses } = locked;
  const earlier = responses.find(({ questionId }) => questionId === answer.questionId);
  if (earlier !== undefined) {
    if (earlier.optionIndex !== answer.optionIndex) return refuse('question_already_answered');
    return { status: 'repeated', session, itemsAnswered: responses.length };
  }
  if (isExpired(session, dependencies.clock.now())) {
    await locked.abandon('time_limit_reached', session.expiresAt);
    return { status: 'expired', session };
  }
  if (session.status !== 'active') {
    const late = session.stopReason === 'time_limit_reached';
    return refuse(late ? 'test_session_expired' : 'test_session_finished');
  }
  if (session.currentQuestionId !== answer.questionId) return refuse('question_not_current');

  const key = await locked.findKey(answer.questionId);
  if (key === undefined) throw new Error('the current question is not in the bank any more');
  if (answer.optionIndex >= key.optionCount) return refuse('option_out_of_range');
  return score(dependencies, { ...turn, key });
}

async function score(
  dependencies: TestSessionDependencies,
  turn: Turn & { readonly key: QuestionKey },
): Promise<Scored> {
  const { locked, answer, key, pool } = turn;
  const { session, responses } = locked;
  // Another instance, whose clock is ahead, may have served the question: time does not run backwards in a session.
  const now = later(dependencies.clock.now(), session.currentServedAt ?? session.startedAt);
  const { discrimination, difficulty } = key;
  const scored = { discrimination, difficulty, correct: answer.optionIndex === key.keyIndex };
  await locked.addResponse({
    ...scored,
    questionId: answer.questionId,
    optionIndex: answer.optionIndex,
    position: responses.length + 1,
    servedAt: session.currentServedAt ?? now,
    answeredAt: now,
  });

  const all = [...responses, { ...scored, questionId: answer.questionId, questionType: key.type }];
  const estimate = estimateAbility(all);
  const stop = decideStop(dependencies, session, all.length, estimate);
  const items = pool.items;
  const next = stop ? undefined : await chooseNext(dependencies, { locked, items, all, estimate });
  if (next !== undefined) {
    await locked.serve({ ...estimate, questionId: next.id, servedAt: now });
    return { status: 'served', session, itemsAnswered: all.length, next };
  }

  const stopReason = stop ?? 'items_exhausted';
  const scaledScore = await complete(locked, { all, estimate, stopReason, finishedAt: now });
  return { status: 'completed', session, itemsAnswered: all.length, scaledScore };
}

function decideStop(
  { settings }: TestSessionDependencies,
  { mode, itemsMax, formQuestionIds }: TestSession,
  itemsAnswered: number,
  { standardError }: AbilityEstimate,
): StopReason | undefined {
  const decision =
    mode === 'fixed'
      ? decideFixedStop(itemsAnswered, formQuestionIds.length)
      : decideAdaptiveStop({ itemsAnswered, standardError }, { ...settings.adaptive, itemsMax });
  return decision.status === 'stop' ? decision.reason : undefined;
}

async function chooseNext(
  { settings }: TestSessionDependencies,
  state: {
    readonly locked: LockedTestSession;
    readonly items: readonly PoolItem[];
    readonly all: readonly { readonly questionId: string; readonly questionType: string }[];
    readonly estimate: AbilityEstimate;
  },
): Promise<NextQuestion | undefined> {
  const { locked, items, all, estimate } = state;
  const { mode, formQuestionIds, seed } = locked.session;
  if (mode === 'fixed') {
    return findFormItem(state, formQuestionIds[all.length]);
  }
  return chooseAdaptiveQuestion(items, {
    theta: estimate.theta,
    administered: all.map(({ questionId, questionType }) => ({ questionId, domain: questionType })),
    seenQuestionIds: await locked.listSeenQuestionIds(),
    typeWeights: settings.typeWeights,
    seed,
    k: settings.adaptive.randomesqueK,
  });
}

/** A question of the form that was taken out of service since is asked all the same: the form is whole. */
async function findFormItem(
  { locked, items }: { readonly locked: LockedTestSession; readonly items: readonly PoolItem[] },
  questionId: string | undefined,
): Promise<NextQuestion | undefined> {
  if (questionId === undefined) return undefined;
  const pooled = items.find(({ id }) => id === questionId);
  if (pooled !== undefined) return pooled;
  const key = await locked.findKey(questionId);
  return key && { id: questionId, domain: key.type, level: key.difficultyLevel };
}

async function complete(
  locked: LockedTestSession,
  end: {
    readonly all: readonly ScoredResponse[];
    readonly estimate: AbilityEstimate;
    readonly stopReason: StopReason;
    readonly finishedAt: Date;
  },
): Promise<number> {
  const { all, estimate, stopReason, finishedAt } = end;
  const { scaledScore, intervalLower, intervalUpper } = toScaledScore(estimate);
  await locked.complete({
    ...estimate,
    scaledScore,
    intervalLower,
    intervalUpper,
    stopReason,
    finishedAt,
    itemsAnswered: all.length,
    itemsCorrect: all.filter(({ correct }) => correct).length,
  });
  return scaledScore;
}

async function toReceipt(
  dependencies: TestSessionDependencies,
  outcome: Exclude<Outcome, { status: 'refused' | 'expired' }>,
): Promise<AnswerReceipt> {
  const { session, itemsAnswered } = outcome;
  const receipt = { itemsAnswered, itemsMax: session.itemsMax };
  const nextId = nextQuestionId(outcome);
  if (nextId === undefined) return receipt;
  return { ...receipt, next: await getServedQuestion(dependencies, nextId) };
}

/** After a repeated answer the session stands where the first one left it. */
function nextQuestionId(
  outcome: Exclude<Outcome, { status: 'refused' | 'expired' }>,
): string | undefined {
  if (outcome.status === 'served') return outcome.next.id;
  if (outcome.status === 'completed' || outcome.session.status !== 'active') return undefined;
  return outcome.session.currentQuestionId ?? undefined;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function refuse(code: ProblemCode): Outcome {
  return { status: 'refused', code };
}
