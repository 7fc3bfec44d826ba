import { DatabaseError } from '@aiq/database';
import { createTestObservability } from '@aiq/observability/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import type { Dependencies } from '../../src/dependencies.ts';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { config } from '../support/harness.ts';

const token = 'the-trigger-token';

async function createApp(runs: Partial<Dependencies['runs']>, triggerToken: string | undefined) {
  const memory = createTestObservability({ service: 'aiq-question-service', metrics });
  const app = await buildApp({
    role: { api: true },
    config: { ...config, server: { ...config.server, triggerToken } },
    // Only what the routes touch.
    dependencies: {
      telemetry: memory.observability,
      runs,
      ping: async () => {},
    } as unknown as Dependencies,
    queue: {
      check: async () => {},
      enqueue: async () => {},
      work: async () => {},
      onGivenUp: async () => {},
      onSchedule: async () => {},
      stop: async () => {},
    },
  });
  onTestFinished(() => app.close());
  return { app, memory };
}

const headers = { authorization: `Bearer ${token}` };

describe('buildApp', () => {
  test('answers 503 where the database is away, and says no more', async () => {
    const away = new DatabaseError('database_unreachable', 'Postgres at secret-host:5432');
    const { app } = await createApp({ list: () => Promise.reject(away) }, token);

    const response = await app.inject({ url: '/v1/runs', headers });

    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ code: 'service_unavailable' });
    expect(response.body).not.toContain('secret-host');
  });

  test('answers 500 without a word about a defect, and captures it once', async () => {
    const { app, memory } = await createApp(
      { list: () => Promise.reject(new TypeError('a defect')) },
      token,
    );

    const response = await app.inject({ url: '/v1/runs', headers });

    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({ code: 'internal_error', status: 500 });
    expect(response.body).not.toContain('a defect');
    expect(memory.errors()).toHaveLength(1);
    expect(memory).toHaveCapturedError({ type: 'TypeError', message: 'a defect' });
    expect(memory).toHaveSpanTree([{ name: 'GET /v1/runs', kind: 'server', status: 'error' }]);
  });

  test('has no /v1/runs without a token to ask for', async () => {
    const { app } = await createApp({}, undefined);

    const response = await app.inject({ url: '/v1/runs', headers });

    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'route_not_found' });
  });
});
