import { randomInt } from 'node:crypto';
import { createDatabase } from '@aiq/database';
import type { Observability } from '@aiq/observability';
import { createRequireAdmin, type RequireAdmin } from './admin/require-admin.ts';
import { createAccessTokens } from './auth/access-tokens.ts';
import { type AuthService, createAuthService } from './auth/auth-service.ts';
import { createAuthTokensRepository } from './auth/auth-tokens-repository.ts';
import { createPasswordHashing } from './auth/password-hashing.ts';
import { createRequireUser, type RequireUser } from './auth/require-user.ts';
import {
  type CalibrationsRepository,
  createCalibrationsRepository,
} from './calibration/calibrations-repository.ts';
import { type Clock, systemClock } from './clock.ts';
import type { BackendConfig } from './config.ts';
import {
  createGenerationRunsRepository,
  type GenerationRunsRepository,
} from './generation-runs/generation-runs-repository.ts';
import {
  createRunStatsRepository,
  type RunStatsRepository,
} from './generation-runs/run-stats-repository.ts';
import { createItemPool } from './questions/item-pool.ts';
import { createQuestionsRepository } from './questions/questions-repository.ts';
import type { BackendMetrics } from './telemetry/catalogue.ts';
import type { TestSessionDependencies } from './test-sessions/test-session-dependencies.ts';
import { createTestSessionsRepository } from './test-sessions/test-sessions-repository.ts';
import { createUsersRepository, type UsersRepository } from './users/users-repository.ts';

/** All that the app is built from. */
export interface Dependencies {
  readonly config: BackendConfig;
  readonly observability: Observability<BackendMetrics>;
  /** Named checks behind /health/ready. */
  readonly readiness: Readonly<Record<string, () => Promise<void>>>;
  readonly auth: AuthService;
  readonly requireUser: RequireUser;
  readonly requireAdmin: RequireAdmin;
  readonly users: UsersRepository;
  readonly testSessions: TestSessionDependencies;
  readonly generationRuns: GenerationRunsRepository;
  readonly runStats: RunStatsRepository;
  readonly clock: Clock;
  readonly calibrations: CalibrationsRepository;
  close(): Promise<void>;
}

export interface DependenciesOptions {
  readonly config: BackendConfig;
  readonly observability: Observability<BackendMetrics>;
  readonly databaseUrl: string;
  readonly clock?: Clock;
  /** @default a random 31-bit integer */
  readonly drawSeed?: () => number;
}

/** Constructs everything, here and nowhere else. Connects to nothing yet. */
export async function createDependencies(options: DependenciesOptions): Promise<Dependencies> {
  const { config, observability, databaseUrl, clock = systemClock } = options;
  const { poolMax, statementTimeoutMs, connectionTimeoutMs } = config.database;
  const database = createDatabase({
    url: databaseUrl,
    applicationName: 'aiq-backend',
    poolMax,
    statementTimeoutMs,
    connectionTimeoutMs,
    onConnectionLost: ({ message }) =>
      observability.logger.warn('a database connection was lost', { reason: message }),
  });

  const { tokenSecret, accessTokenSeconds, refreshTokenSeconds } = config.auth;
  const accessTokens = createAccessTokens({
    secret: tokenSecret,
    seconds: accessTokenSeconds,
    clock,
  });
  const users = createUsersRepository(database);
  const auth = createAuthService({
    users,
    authTokens: createAuthTokensRepository(database),
    passwords: await createPasswordHashing(),
    accessTokens,
    refreshTokenSeconds,
    clock,
    observability,
  });

  const questions = createQuestionsRepository(database);
  const testSessions: TestSessionDependencies = {
    testSessions: createTestSessionsRepository(database),
    questions,
    itemPool: createItemPool({
      loadNewest: () => questions.listNewestItems(),
      loadVersion: (version) => questions.listItems(version),
      clock,
      secondsMax: config.testSessions.itemPoolSecondsMax,
      onRenewalError: (error) =>
        observability.logger.warn('the item pool could not be renewed', { reason: String(error) }),
    }),
    settings: config.testSessions,
    clock,
    drawSeed: options.drawSeed ?? (() => randomInt(2 ** 31)),
    observability,
  };
  const stopObserving = observeActiveSessions(testSessions);

  return {
    config,
    observability,
    readiness: { database: () => database.ping() },
    auth,
    users,
    requireUser: createRequireUser({ accessTokens, observability }),
    requireAdmin: createRequireAdmin({ keys: config.admin.keys, observability }),
    testSessions,
    generationRuns: createGenerationRunsRepository(database),
    runStats: createRunStatsRepository(database),
    clock,
    calibrations: createCalibrationsRepository(database),
    close: async () => {
      stopObserving();
      await database.close();
    },
  };
}

function observeActiveSessions(dependencies: TestSessionDependencies): () => void {
  const { testSessions, observability, clock } = dependencies;
  return observability.observeGauge('test.sessions.active', async () => {
    const { adaptive, fixed } = await testSessions.countActive(clock.now());
    return [
      { value: adaptive, labels: { adaptive: 'true' } },
      { value: fixed, labels: { adaptive: 'false' } },
    ];
  });
}
