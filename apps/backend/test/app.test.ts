import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorRoutes } from '../src/telemetry/catalogue.ts';
import { metricsToken, startTestApp, type TestApp } from './testing/test-app.ts';
import { registerTaker } from './testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
});
afterAll(() => running.close());

interface ApiDocument {
  openapi: string;
  paths: Record<
    string,
    Record<string, { responses: object; security?: object[]; summary?: string }>
  >;
  components: { schemas: object; securitySchemes: object };
}

const document = async (): Promise<ApiDocument> => (await running.app.inject('/docs/json')).json();

describe('the OpenAPI document', () => {
  test('lists every route that is not hidden, and no other', async () => {
    const { openapi, paths } = await document();

    const listed = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(openapi).toBe('3.1.0');
    expect(listed.sort()).toEqual([
      'DELETE /v1/users/me',
      'GET /v1/admin/calibrations',
      'GET /v1/admin/generation-runs',
      'GET /v1/admin/generation-runs/stats',
      'GET /v1/admin/generation-runs/{runId}',
      'GET /v1/admin/inventory',
      'GET /v1/test-sessions',
      'GET /v1/test-sessions/active',
      'GET /v1/test-sessions/{sessionId}',
      'GET /v1/test-sessions/{sessionId}/current-question',
      'GET /v1/test-sessions/{sessionId}/result',
      'GET /v1/users/me',
      'PATCH /v1/users/me',
      'POST /v1/auth/login',
      'POST /v1/auth/logout',
      'POST /v1/auth/logout-all',
      'POST /v1/auth/refresh',
      'POST /v1/auth/register',
      'POST /v1/test-sessions',
      'POST /v1/test-sessions/{sessionId}/abandon',
      'POST /v1/test-sessions/{sessionId}/responses',
      'POST /v1/users/me/password',
      'PUT /v1/admin/generation-runs/{runId}',
    ]);
  });

  test('says of every route what it gives, what can go wrong and who may call it', async () => {
    const { paths } = await document();

    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    const open = operations.filter(({ security }) => security === undefined);
    expect(operations.filter(({ summary }) => !summary)).toEqual([]);
    expect(operations.filter(({ responses }) => !('500' in responses))).toEqual([]);
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/v1/auth/login',
      '/v1/auth/logout',
      '/v1/auth/refresh',
      '/v1/auth/register',
    ]);
  });

  test('describes errors as problems and holds the schemas that it refers to, and no other', async () => {
    const text = (await running.app.inject('/docs/json')).body;
    const { components, paths } = JSON.parse(text) as ApiDocument;

    const referred = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);
    expect(referred.filter((name) => !(`${name}` in components.schemas))).toEqual([]);
    expect(Object.keys(components.schemas).sort()).toEqual([...new Set(referred)].sort());
    expect(referred).toContain('Problem');
    expect(Object.keys(components.securitySchemes)).toEqual(['accessToken', 'adminToken']);
    expect(paths['/v1/auth/login']?.['post']?.responses).toMatchObject({
      401: { content: { 'application/problem+json': { schema: expect.any(Object) } } },
    });
  });

  test('has a page that shows it', async () => {
    const page = await running.app.inject('/docs/');

    expect(page.statusCode).toBe(200);
    expect(page.headers['content-type']).toContain('text/html');
  });
});

test('errors are counted with the routes there are, each of them', async () => {
  const { paths } = await document();
  const hidden = ['unmatched', '/docs', '/v1/admin/diagnostics/error'];

  const documented = Object.keys(paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'));
  const probes = ['/health/live', '/health/ready', '/metrics', '/v1/metrics'];

  expect([...errorRoutes].sort()).toEqual([...documented, ...probes, ...hidden].sort());
});

describe('health', () => {
  test('is ready with its database', async () => {
    const ready = await running.app.inject('/health/ready');

    expect(ready.statusCode).toBe(200);
    expect(ready.json()).toMatchObject({ status: 'ok', checks: { database: 'ok' } });
  });
});

describe('/metrics', () => {
  const headers = { authorization: `Bearer ${metricsToken}` };

  test('gives the same series under both paths, ours and the standard ones', async () => {
    await registerTaker(running.app);

    const short = await running.app.inject({ url: '/metrics', headers });
    const long = await running.app.inject({ url: '/v1/metrics', headers });

    const names = (body: string) => [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(short.statusCode).toBe(200);
    expect(names(long.body)).toEqual(names(short.body));
    expect(names(short.body)).toContain('users_registrations_total');
    expect(names(short.body)).toContain('http_server_request_duration_seconds');
  });

  test.for([[undefined], ['Bearer wrong'], [`Basic ${metricsToken}`]])(
    'refuses %s',
    async ([authorization]) => {
      const response = await running.app.inject({
        url: '/metrics',
        headers: authorization === undefined ? {} : { authorization },
      });

      expect(response.json()).toMatchObject({ status: 401, code: 'unauthorized' });
    },
  );

  test('is read 60 times a minute at most, over both paths', async () => {
    const limited = await startTestApp({ besides: running });
    const scrape = (count: number) =>
      limited.app.inject({ url: count % 2 ? '/metrics' : '/v1/metrics', headers });
    const responses = await Promise.all(Array.from({ length: 60 }, (_, count) => scrape(count)));

    const over = await limited.app.inject({ url: '/metrics', headers });
    await limited.close();

    expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(over.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  });

  test('does not exist where the service is deployed without a token', async () => {
    const deployed = await startTestApp({
      besides: running,
      environment: {
        ENV: 'production',
        METRICS_TOKEN: undefined,
        DATABASE_URL: 'postgresql://u@localhost/x',
      },
    });

    const response = await deployed.app.inject('/metrics');
    await deployed.close();

    expect(response.json()).toMatchObject({ status: 404, code: 'route_not_found' });
  });
});

test('one request is one SERVER span and one measurement, named by its route', async () => {
  const taker = await registerTaker(running.app);
  running.telemetry.reset();

  await taker.send('GET', '/v1/test-sessions/00000000-0000-4000-8000-000000000000');

  const route = '/v1/test-sessions/:sessionId';
  expect(running.telemetry).toHaveSpanTree([
    { name: `GET ${route}`, kind: 'server', children: [] },
  ]);
  expect(running.telemetry).toHaveRecordedMetric('http.server.request.duration', {
    value: 1,
    labels: { 'http.route': route },
  });
});
