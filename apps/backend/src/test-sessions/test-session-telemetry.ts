import type { DifficultyLevel, QuestionType } from '../questions/question.ts';
import type { TestSession } from './test-session.ts';
import type { TestSessionDependencies } from './test-session-dependencies.ts';

type Telemetry = Pick<TestSessionDependencies, 'observability' | 'clock'>;
type Session = Pick<TestSession, 'mode' | 'startedAt'>;

export function recordStarted({ observability }: Telemetry, session: Session): void {
  observability.recordMetric('test.sessions.started', 1, labels(session));
}

export function recordAbandoned({ observability }: Telemetry, session: Session): void {
  observability.recordMetric('test.sessions.abandoned', 1, labels(session));
}

export function recordCompleted(
  { observability, clock }: Telemetry,
  session: Session,
  scaledScore: number,
): void {
  const seconds = (clock.now().getTime() - session.startedAt.getTime()) / 1000;
  observability.recordMetric('test.sessions.completed', 1, labels(session));
  observability.recordMetric('test.sessions.duration', Math.max(seconds, 0), labels(session));
  observability.recordMetric('test.score', scaledScore, labels(session));
}

export function recordServed(
  { observability }: Telemetry,
  question: { readonly type: QuestionType; readonly difficultyLevel: DifficultyLevel },
): void {
  const { type, difficultyLevel } = question;
  observability.recordMetric('questions.served', 1, {
    question_type: type,
    difficulty: difficultyLevel,
  });
}

function labels({ mode }: Session) {
  return { adaptive: mode === 'adaptive' ? 'true' : 'false' } as const;
}
