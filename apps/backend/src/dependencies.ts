import { randomInt } from 'node:crypto';
import { createDatabase } from '@aiq/database';
import type { Observability } from '@aiq/observability';
import { createRequireAdmin, type RequireAdmin } from './admin/require-admin.ts';
import { createAccessTokens } from './auth/access-tokens.ts';
import { type AuthService, createAuthService } from './auth/auth-service.ts';
import { createKnownAddressesRepository } from './auth/known-addresses-repository.ts';
import { createLoginThrottle } from './auth/login-throttle.ts';
import { createLoginsRepository } from './auth/logins-repository.ts';
import { createPasswordHashing } from './auth/password-hashing.ts';
import {
  createRequireFreshLogin,
  createRequireUser,
  type RequireUser,
} from './auth/require-user.ts';
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
import { createRequestCountersRepository } from './rate-limits/request-counters-repository.ts';
import { createRequestLimits, type RequestLimits } from './rate-limits/request-limits.ts';
import { createKeyedHash } from './security/keyed-hash.ts';
import type { BackendMetrics } from './telemetry/catalogue.ts';
import type { TestSessionDependencies } from './test-sessions/test-session-dependencies.ts';
import { createTestSessionsRepository } from './test-sessions/test-sessions-repository.ts';
import { deleteUser } from './users/delete-user.ts';
import { createDeletedUserRepository } from './users/deleted-user-repository.ts';
import { createUsersRepository, type UsersRepository } from './users/users-repository.ts';

/** All that the app is built from. */
export interface Dependencies {
  readonly config: BackendConfig;
  readonly observability: Observability<BackendMetrics>;
  /** Named checks behind /health/ready. */
  readonly readiness: Readonly<Record<string, () => Promise<void>>>;
  readonly auth: AuthService;
  readonly requireUser: RequireUser;
  readonly requireFreshLogin: RequireUser;
  readonly limits: RequestLimits;
  readonly requireAdmin: RequireAdmin;
  readonly users: UsersRepository;
  readonly deleteUser: (userId: string) => Promise<void>;
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

  const { tokenSecret, accessTokenSeconds, refreshTokenSeconds, refreshReuseSeconds } = config.auth;
  const accessTokens = createAccessTokens({
    secret: tokenSecret,
    seconds: accessTokenSeconds,
    clock,
  });
  const counters = createRequestCountersRepository(database, {
    keyedHash: createKeyedHash(tokenSecret, 'request counters'),
  });
  const users = createUsersRepository(database);
  const logins = createLoginsRepository(database);
  const auth = createAuthService({
    users,
    logins,
    knownAddresses: createKnownAddressesRepository(database),
    passwords: await createPasswordHashing(config.auth.passwordHashing),
    accessTokens,
    throttle: createLoginThrottle(counters, config.auth.loginThrottle),
    keyedHash: createKeyedHash(tokenSecret, 'logins'),
    refreshTokenSeconds,
    refreshReuseSeconds,
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
  const deletedUsers = createDeletedUserRepository(database);
  const stopObserving = observeActiveSessions(testSessions);

  return {
    config,
    observability,
    readiness: { database: () => database.ping() },
    auth,
    users,
    deleteUser: (userId) => deleteUser({ deletedUsers, clock, observability }, userId),
    requireUser: createRequireUser({ accessTokens, logins, observability }),
    requireFreshLogin: createRequireFreshLogin({ seconds: config.auth.freshLoginSeconds, clock }),
    limits: createRequestLimits(counters, config.rateLimits),
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
