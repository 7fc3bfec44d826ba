import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ObservabilityHealth } from '../../../src/index.ts';
import { addHealthRoutes } from '../../../src/integrations/fastify/health-routes.ts';
import { observabilityPlugin } from '../../../src/integrations/fastify/index.ts';
import { beginStopping } from '../../../src/internals.ts';
import { createTestObservability } from '../../../src/testing/index.ts';

const { observability } = createTestObservability({ service: 'test' });
let app: FastifyInstance;

beforeEach(async () => {
  app = Fastify({ logger: false });
  await app.register(observabilityPlugin, {
    observability,
    readiness: { database: async () => {} },
    metrics: { paths: ['/metrics', '/v1/metrics'], token: 'scrape-token', required: true },
  });
});

afterEach(() => app.close());

describe('routes of its own', () => {
  test('live and ready answer 200', async () => {
    expect((await app.inject('/health/live')).statusCode).toBe(200);
    const ready = await app.inject('/health/ready');
    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toEqual({
      status: 'ok',
      checks: { database: 'ok' },
      telemetry: { status: 'ok', signals: {}, refused: 0, overflowed: 0 },
    });
  });

  test('ready tells how telemetry fares, without the words of its errors, and stays 200', async () => {
    const degraded = Fastify();
    const signal = { exported: 0, failed: 3, dropped: 1, failures: { dns: 3 } };
    const lastError = 'getaddrinfo ENOTFOUND collector.internal';
    const health = (): ObservabilityHealth => ({
      status: 'degraded',
      signals: { 'traces.otel': { ...signal, lastError } },
      refused: 2,
      refusals: { threw: 2 },
      overflowed: 0,
    });
    addHealthRoutes(degraded, { logger: observability.logger, health }, {});

    const reply = await degraded.inject('/health/ready');

    expect(reply.statusCode).toBe(200);
    const signals = { 'traces.otel': signal };
    expect(reply.json()).toMatchObject({
      telemetry: { status: 'degraded', signals, refused: 2, overflowed: 0 },
    });
    expect(reply.body).not.toContain('collector.internal');
    await degraded.close();
  });

  test('ready is 503 once the process is told to stop, also where that comes while it is asked; live is not', async () => {
    const own = createTestObservability({ service: 'test' }).observability;
    const stopping = Fastify();
    const asked = Promise.withResolvers<void>();
    const database = Promise.withResolvers<void>();
    const check = (): Promise<void> => {
      asked.resolve();
      return database.promise;
    };
    await stopping.register(observabilityPlugin, {
      observability: own,
      readiness: { database: check },
    });

    const before = stopping.inject('/health/ready');
    await asked.promise;
    beginStopping(own);
    database.resolve();
    const [during, after, live] = [
      await before,
      await stopping.inject('/health/ready'),
      await stopping.inject('/health/live'),
    ];

    expect([during.statusCode, after.statusCode, live.statusCode]).toEqual([503, 503, 200]);
    expect(after.json()).toMatchObject({ status: 'stopping', checks: { database: 'ok' } });
    expect(live.headers['connection']).toBe('close');
    await stopping.close();
  });

  test('metrics need their token, in both places', async () => {
    const refused = await app.inject('/metrics');
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    for (const url of ['/metrics', '/v1/metrics']) {
      const reply = await app.inject({ url, headers: { authorization: 'Bearer scrape-token' } });
      expect(reply.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
      expect(reply.body).toContain('http_server_request_duration_seconds_bucket{');
    }
  });

  test('a failing or hanging check makes ready 503, and is named', async () => {
    const other = Fastify();
    await other.register(observabilityPlugin, {
      observability,
      readiness: {
        database: async () => {
          throw new Error('refused');
        },
        queue: () => new Promise(() => {}),
      },
      metrics: { paths: ['/metrics'], required: true },
    });
    const reply = await other.inject('/health/ready');
    expect(reply.statusCode).toBe(503);
    expect(reply.json()).toMatchObject({ checks: { database: 'failed', queue: 'failed' } });
    expect((await other.inject('/metrics')).statusCode).toBe(404);
    await other.close();
  });
});
