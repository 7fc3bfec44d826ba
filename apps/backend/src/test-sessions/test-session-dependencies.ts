import type { Observability } from '@aiq/observability';
import type { Clock } from '../clock.ts';
import type { ItemPool } from '../questions/item-pool.ts';
import type { DifficultyLevel, QuestionType } from '../questions/question.ts';
import type { QuestionsRepository } from '../questions/questions-repository.ts';
import type { BackendMetrics } from '../telemetry/catalogue.ts';
import type { TestSessionsRepository } from './test-sessions-repository.ts';

/** How tests are administered: an operator's choice. */
export interface TestSessionSettings {
  readonly durationSecondsMax: number;
  /** Pause between the end of a user's session, however it ended, and the start of the next. */
  readonly retakeAfterSeconds: number;
  /** Shares of the types in every session; a type that weighs 0 is not asked. */
  readonly typeWeights: Readonly<Record<QuestionType, number>>;
  readonly fixed: {
    readonly items: number;
    /** Shares of the levels in a form; a level that weighs 0 is asked where others do not suffice. */
    readonly difficultyMix: Readonly<Record<DifficultyLevel, number>>;
  };
  readonly adaptive: {
    readonly standardErrorTarget: number;
    readonly itemsMin: number;
    readonly itemsMax: number;
    readonly randomesqueK: number;
  };
}

/** What the use cases of this folder work with. */
export interface TestSessionDependencies {
  readonly testSessions: TestSessionsRepository;
  readonly questions: QuestionsRepository;
  readonly itemPool: ItemPool;
  readonly settings: TestSessionSettings;
  readonly clock: Clock;
  /** Draws the seed of a new session: a 31-bit integer. */
  readonly drawSeed: () => number;
  readonly observability: Observability<BackendMetrics>;
}
