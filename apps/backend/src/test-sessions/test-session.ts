/** How items are chosen: a whole form at the start, or one at a time by the ability estimate. */
export const testSessionModes = ['fixed', 'adaptive'] as const;
export type TestSessionMode = (typeof testSessionModes)[number];

export const testSessionStatuses = ['active', 'completed', 'abandoned'] as const;
export type TestSessionStatus = (typeof testSessionStatuses)[number];

/** Why a session ended without a result. */
export const abandonReasons = ['abandoned', 'time_limit_reached'] as const;
export type AbandonReason = (typeof abandonReasons)[number];

/** One administration of the test. */
export interface TestSession {
  readonly id: string;
  readonly mode: TestSessionMode;
  readonly status: TestSessionStatus;
  readonly itemsMax: number;
  readonly formQuestionIds: readonly string[];
  readonly currentQuestionId: string | null;
  readonly currentServedAt: Date | null;
  readonly seed: number;
  /** The calibration that items are chosen and scored by, from the first question to the last. */
  readonly calibrationVersion: number;
  readonly stopReason: string | null;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  readonly finishedAt: Date | null;
}

/** A session with what its progress is told from. */
export interface TestSessionProgress extends TestSession {
  readonly itemsAnswered: number;
}

/** The score of a completed session. */
export interface TestResult {
  readonly sessionId: string;
  readonly theta: number;
  readonly standardError: number;
  readonly scaledScore: number;
  readonly intervalLower: number;
  readonly intervalUpper: number;
  readonly itemsAnswered: number;
  readonly itemsCorrect: number;
  readonly stopReason: string;
  readonly createdAt: Date;
}

/** Tells whether an active session has run out of time. */
export function isExpired({ status, expiresAt }: TestSession, now: Date): boolean {
  return status === 'active' && expiresAt <= now;
}
