import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { eventually } from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { adminToken, metricsToken, startTestApp, type TestApp } from '../testing/test-app.ts';

let running: TestApp;
let port: number;

beforeAll(async () => {
  running = await startTestApp({ environment: { BACKEND_AUTH_RATE_LIMIT: '3' } });
  await running.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = running.app.server.address() as { port: number });
});
beforeEach(() => running.telemetry.reset());
afterAll(() => running.close());

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Over a socket, and the path as it is: `fetch` would mend it. */
async function send({ method = 'GET', path, headers = {}, body = '' }: Sent) {
  const outgoing = httpRequest({ port, host: '127.0.0.1', method, path, headers });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const { statusCode: status, headers: received } = response;
  return { status, headers: received, body: (await json(response)) as Record<string, unknown> };
}

const asJson = { 'content-type': 'application/json' };
const asAdmin = { authorization: `Bearer ${adminToken}` };
const refresh: Sent = { method: 'POST', path: '/v1/auth/refresh', headers: asJson };
const logout: Sent = { ...refresh, path: '/v1/auth/logout' };
const id = '00000000-0000-4000-8000-000000000000';

test.for<[string, Sent, number, string, string]>([
  [
    'an address that cannot be decoded',
    { path: '/v1/test-sessions/%' },
    400,
    'bad_request',
    'unmatched',
  ],
  [
    'a parameter that is too long',
    { path: `/v1/test-sessions/${'x'.repeat(200)}` },
    414,
    'uri_too_long',
    'unmatched',
  ],
  ['an unknown path', { path: '/v1/nowhere' }, 404, 'route_not_found', 'unmatched'],
  [
    'an unknown method',
    { method: 'PUT', path: '/v1/users/me' },
    405,
    'method_not_allowed',
    'unmatched',
  ],
  [
    'a body that is too large',
    { ...refresh, body: `"${'x'.repeat(70_000)}"` },
    413,
    'body_too_large',
    '/v1/auth/refresh',
  ],
  [
    'a body of another type',
    { ...logout, headers: { 'content-type': 'text/xml' }, body: '<a/>' },
    415,
    'unsupported_media_type',
    '/v1/auth/logout',
  ],
  [
    'no token',
    { path: `/v1/test-sessions/${id}` },
    401,
    'unauthorized',
    '/v1/test-sessions/:sessionId',
  ],
  ['a scrape with a wrong token', { path: '/v1/metrics' }, 401, 'unauthorized', '/v1/metrics'],
  [
    'an error that nobody foresaw',
    { method: 'POST', path: '/v1/admin/diagnostics/error', headers: asAdmin },
    500,
    'internal_error',
    '/v1/admin/diagnostics/error',
  ],
])(
  '%s is counted once, by its code and its route, and traced',
  async ([, sent, status, code, route]) => {
    const response = await send(sent);
    await eventually(() => running.telemetry.spans().length > 0);

    const [span, ...others] = running.telemetry.spans();
    const { body, headers } = response;
    const where = route === 'unmatched' ? {} : { 'http.route': route };
    expect(response.status).toBe(status);
    expect(body).toMatchObject({
      status,
      code,
      traceId: span?.traceId,
      requestId: headers['x-request-id'],
    });
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      kind: 'server',
      attributes: { ...where, 'http.response.status_code': status, 'problem.code': code },
    });
    expectCounted(code, route, status);
  },
);

test('a request over the limit is counted by its route', async () => {
  const login = { method: 'POST', path: '/v1/auth/login', headers: asJson, body: '{}' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => send(login)));
  const over = answers.filter(({ status }) => status === 429);

  await eventually(() => running.telemetry.spans().length === 5);

  expect(over.length).toBeGreaterThan(0);
  expect(
    running.telemetry.metric('app.errors', {
      'error.type': 'rate_limited',
      'http.route': '/v1/auth/login',
    }),
  ).toBe(over.length);
  expect(running.telemetry.metric('app.errors')).toBe(5);
});

test('a request that is answered well is no error', async () => {
  const headers = { authorization: `Bearer ${metricsToken}` };
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });

  expect(response.status).toBe(200);
  expect(running.telemetry.metric('app.errors')).toBe(0);
});

function expectCounted(code: string, route: string, status: number): void {
  const { telemetry } = running;
  const labels = { 'http.route': route };
  expect(telemetry.metric('app.errors')).toBe(1);
  expect(telemetry.metric('app.errors', { ...labels, 'error.type': code })).toBe(1);
  expect(telemetry.metric('http.server.request.duration')).toBe(1);
  expect(
    telemetry.metric('http.server.request.duration', {
      ...labels,
      'http.response.status_code': status,
    }),
  ).toBe(1);
  expect(telemetry.metric('http.server.active_requests')).toBe(0);
  expect(telemetry.refused()).toBe(0);
}
