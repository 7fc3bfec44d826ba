import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adminToken, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker } from '../testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
});
afterAll(() => running.close());

const json = { 'content-type': 'application/json' };
const login = { method: 'POST', url: '/v1/auth/login' } as const;

test.for([
  ['not JSON', { ...login, headers: json, payload: '{"email":' }, 400, 'malformed_body'],
  ['empty', { ...login, headers: json, payload: '' }, 400, 'malformed_body'],
  [
    'a prototype attack',
    { ...login, headers: json, payload: '{"__proto__":{}}' },
    400,
    'malformed_body',
  ],
  ['an array', { ...login, payload: [] }, 400, 'validation_failed'],
  ['missing', login, 400, 'validation_failed'],
  [
    'text',
    { ...login, headers: { 'content-type': 'text/plain' }, payload: 'x' },
    415,
    'unsupported_media_type',
  ],
  [
    'XML',
    { ...login, headers: { 'content-type': 'text/xml' }, payload: '<a/>' },
    415,
    'unsupported_media_type',
  ],
  ['of 65 KiB', { ...login, payload: { email: 'x'.repeat(66_560) } }, 413, 'body_too_large'],
] as const)('a body that is %s is a problem with a code', async ([, request, status, code]) => {
  const response = await running.app.inject({ ...request });

  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({ status, code });
  expect(response.headers['content-type']).toContain('application/problem+json');
  expect(response.headers['x-content-type-options']).toBe('nosniff');
});

test.for([
  ['GET', '/nowhere', 404, 'route_not_found'],
  ['GET', '/v1/test-sessions/a/b/c', 404, 'route_not_found'],
  ['DELETE', '/v1/auth/login', 405, 'method_not_allowed'],
  ['PUT', '/v1/test-sessions/00000000-0000-4000-8000-000000000000', 405, 'method_not_allowed'],
  ['GET', '/v1/test-sessions/%', 400, 'bad_request'],
  ['GET', `/v1/test-sessions/${'x'.repeat(200)}`, 414, 'uri_too_long'],
] as const)('%s %s is answered with %i', async ([method, url, status, code]) => {
  const response = await running.app.inject({ method, url });

  expect(response.statusCode).toBe(status);
  expect(response.json()).toMatchObject({ status, code });
});

test('a method that a route does not know is told which it knows', async () => {
  const response = await running.app.inject({ method: 'DELETE', url: '/v1/users/me/' });
  const known = await running.app.inject({ method: 'PUT', url: '/v1/users/me' });

  expect(response.json().code).toBe('route_not_found');
  expect(known.headers['allow']).toBe('DELETE, GET, HEAD, PATCH');
});

test.for([
  ['HEAD', '/health/live', 200],
  ['HEAD', '/v1/users/me', 401],
  ['HEAD', '/nowhere', 404],
  ['HEAD', '/v1/auth/login', 405],
  ['OPTIONS', '/v1/users/me', 405],
  ['OPTIONS', '/nowhere', 404],
] as const)('%s %s is answered with %i, and HEAD without a body', async ([method, url, status]) => {
  const response = await running.app.inject({ method, url });

  expect(response.statusCode).toBe(status);
  if (method === 'HEAD') expect(response.body).toBe('');
  if (status >= 400) expect(response.headers['content-type']).toContain('problem+json');
  if (status === 405) expect(response.headers['allow']).toMatch(/GET|POST/);
});

test('a path parameter that is not valid is named', async () => {
  const taker = await registerTaker(running.app);

  const response = await taker.send('GET', '/v1/test-sessions/nope');

  expect(response.json()).toMatchObject({
    code: 'validation_failed',
    errors: [{ path: 'params.sessionId', message: expect.any(String) }],
  });
});

test('every error body carries the trace and the id of its request', async () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';

  const response = await running.app.inject({
    url: '/nowhere?secret=1',
    headers: { 'x-request-id': 'abc-1', traceparent: `00-${traceId}-b7ad6b7169203331-01` },
  });

  expect(response.headers['x-request-id']).toBe('abc-1');
  expect(response.json()).toEqual({
    type: 'urn:aiq:problem:route_not_found',
    title: 'There is no such route.',
    status: 404,
    code: 'route_not_found',
    instance: '/nowhere',
    traceId,
    requestId: 'abc-1',
  });
});

test('every error is counted with its code and its route, unknown ones as unmatched', async () => {
  running.telemetry.reset();

  await running.app.inject('/nowhere');
  await running.app.inject({ ...login, payload: {} });
  await running.app.inject('/v1/users/me');

  const expectOne = (code: string, route: string) =>
    expect(running.telemetry).toHaveRecordedMetric('app.errors', {
      value: 1,
      labels: { 'error.type': code, 'http.route': route },
    });
  expectOne('route_not_found', 'unmatched');
  expectOne('validation_failed', '/v1/auth/login');
  expectOne('unauthorized', '/v1/users/me');
  expect(running.telemetry).toHaveRecordedMetric('app.errors', { value: 3 });
  expect(running.telemetry).not.toHaveCapturedError();
});

describe('an unexpected error', () => {
  const provoke = (headers = {}) =>
    running.app.inject({
      method: 'POST',
      url: '/v1/admin/diagnostics/error',
      headers: { authorization: `Bearer ${adminToken}`, ...headers },
    });

  test('tells the client its trace and nothing of itself', async () => {
    const response = await provoke();

    expect(response.statusCode).toBe(500);
    expect(response.json()).toMatchObject({
      code: 'internal_error',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(response.body).not.toMatch(/asked for|Deliberate|at .*\.ts|stack/);
  });

  test('is captured once, under the trace that the client was told', async () => {
    running.telemetry.reset();

    const response = await provoke();

    const captured = running.telemetry.errors();
    expect(captured).toHaveLength(1);
    expect(captured[0]?.traceId).toBe(response.json().traceId);
    expect(running.telemetry).toHaveRecordedMetric('app.errors', {
      value: 1,
      labels: { 'error.type': 'internal_error' },
    });
    expect(running.telemetry).toHaveSpanTree([
      { name: 'POST /v1/admin/diagnostics/error', kind: 'server', status: 'error' },
    ]);
  });
});

describe('without its database', () => {
  let cut: TestApp;

  beforeAll(async () => {
    const url = 'postgresql://aiq_backend:secret@127.0.0.1:1/aiq';
    cut = await startTestApp({ besides: running, databaseUrl: url });
  });
  afterAll(() => cut.close());

  test('routes answer 503 with Retry-After and nothing of the database', async () => {
    const taker = await registerTaker(running.app);

    const bodies = await Promise.all([
      cut.app.inject({ ...login, payload: { email: 'a@example.org', password: 'x' } }),
      taker.send('GET', '/v1/users/me', undefined, cut.app),
      taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' }, cut.app),
      taker.send('GET', '/v1/test-sessions', undefined, cut.app),
      taker.send(
        'POST',
        '/v1/test-sessions/00000000-0000-4000-8000-000000000000/responses',
        { questionId: '00000000-0000-4000-8000-000000000000', optionIndex: 0 },
        cut.app,
      ),
    ]);

    expect(bodies.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503, 503, 503]);
    expect(bodies.map((response) => response.json().code)).toEqual(
      Array(5).fill('service_unavailable'),
    );
    expect(bodies[0]?.headers['retry-after']).toBe('5');
    expect(bodies.filter(({ body }) => /secret|127\.0\.0\.1|ECONN/.test(body))).toEqual([]);
  });

  test('readiness is red and names it, liveness is green', async () => {
    const ready = await cut.app.inject('/health/ready');
    const live = await cut.app.inject('/health/live');

    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toMatchObject({ status: 'unavailable', checks: { database: 'failed' } });
    expect(live.statusCode).toBe(200);
  });
});
