import { createDatabase, type Database } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import type {} from '@aiq/database/testing/global-setup';
import {
  createTestObservability,
  type TestObservability,
  telemetryMatchers,
} from '@aiq/observability/testing';
import type { FastifyInstance } from 'fastify';
import { expect } from 'vitest';
import { buildApp } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import { type BackendConfig, loadBackendConfig } from '../../src/config.ts';
import { createDependencies, type Dependencies } from '../../src/dependencies.ts';
import { type BackendMetrics, metrics } from '../../src/telemetry/catalogue.ts';

expect.extend(telemetryMatchers);

export const adminToken = 'admin-token-of-the-tests';
export const metricsToken = 'metrics-token-of-the-tests';

/** An app over its own database, in this process. */
export interface TestApp {
  readonly app: FastifyInstance;
  readonly dependencies: Dependencies;
  readonly telemetry: TestObservability<BackendMetrics>;
  /** As the administrator: for arranging what the service itself may not. */
  readonly admin: Database;
  readonly databaseUrl: string;
  close(): Promise<void>;
}

export interface TestAppOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly change?: (config: BackendConfig) => BackendConfig;
  readonly clock?: Clock;
  /** Another instance's, to share its database. */
  readonly besides?: TestApp;
  readonly databaseUrl?: string;
}

/** Starts an app on a fresh clone of the database, or beside another instance on the same one. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { besides, clock, change = (config) => config } = options;
  const config = change(
    loadBackendConfig({
      NODE_ENV: 'test',
      AUTH_TOKEN_SECRET: 'the-secret-that-the-tests-sign-with',
      BACKEND_ADMIN_TOKEN: adminToken,
      METRICS_TOKEN: metricsToken,
      BACKEND_AUTH_RATE_LIMIT: '100000',
      BACKEND_REGISTRATION_RATE_LIMIT: '100000',
      BACKEND_USER_RATE_LIMIT: '100000',
      ...options.environment,
    }),
  );
  const fresh = besides === undefined ? await testDatabase() : undefined;
  const databaseUrl = options.databaseUrl ?? besides?.databaseUrl ?? fresh?.url('backend') ?? '';
  const admin =
    besides?.admin ?? createDatabase({ url: fresh?.adminUrl ?? '', applicationName: 'tests' });
  const telemetry = createTestObservability({ service: 'aiq-backend', metrics });
  const dependencies = await createDependencies({
    config,
    observability: telemetry.observability,
    databaseUrl,
    ...(clock === undefined ? {} : { clock }),
  });
  const app = await buildApp(dependencies);
  await app.ready();
  return {
    app,
    dependencies,
    telemetry,
    admin,
    databaseUrl,
    async close() {
      await app.close();
      await dependencies.close();
      if (besides === undefined) await admin.close();
    },
  };
}

/** A clock that stands until it is moved. */
export function createTestClock(start = new Date()): Clock & { advance(seconds: number): void } {
  let nowMs = start.getTime();
  return {
    now: () => new Date(nowMs),
    advance: (seconds) => {
      nowMs += seconds * 1000;
    },
  };
}
