import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';

const ours = 'https://app.example.org';
let running: TestApp;
let closed: TestApp;

beforeAll(async () => {
  running = await startTestApp({
    environment: { BACKEND_CORS_ORIGINS: `${ours}, http://localhost:5173` },
  });
  closed = await startTestApp({ besides: running });
});
afterAll(async () => {
  await closed.close();
  await running.close();
});

const preflight = (origin: string, { app }: TestApp = running) =>
  app.inject({
    method: 'OPTIONS',
    url: '/v1/users/me',
    headers: {
      origin,
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
const allowed = 'access-control-allow-origin';

describe('a page of an origin that is configured', () => {
  test.for([ours, 'http://localhost:5173'])('may ask: %s', async (origin) => {
    const response = await preflight(origin);

    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({
      [allowed]: origin,
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
      'access-control-allow-headers': expect.stringContaining('Authorization'),
      'access-control-max-age': '600',
      vary: expect.stringContaining('Origin'),
    });
    expect(response.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  test('may read an answer, an error too, with the headers that a client needs', async () => {
    const response = await running.app.inject({ url: '/v1/users/me', headers: { origin: ours } });

    expect(response.statusCode).toBe(401);
    expect(response.headers[allowed]).toBe(ours);
    for (const name of ['X-Request-ID', 'Retry-After', 'RateLimit-Remaining', 'WWW-Authenticate']) {
      expect(response.headers['access-control-expose-headers']).toContain(name);
    }
  });
});

test.for([
  'https://evil.example',
  'https://app.example.org.evil.example',
  'http://app.example.org',
  'https://app.example.org:8443',
  'null',
])('a page of %s may not', async (origin) => {
  const asked = await preflight(origin);
  const read = await running.app.inject({ url: '/v1/users/me', headers: { origin } });

  expect(asked.headers).not.toHaveProperty(allowed);
  expect(read.headers).not.toHaveProperty(allowed);
});

test('without configured origins no page may, and OPTIONS is no method', async () => {
  const response = await preflight(ours, closed);

  expect(response.json()).toMatchObject({ status: 405, code: 'method_not_allowed' });
  expect(response.headers).not.toHaveProperty(allowed);
});

test('preflights make no route of an unknown path', async () => {
  const response = await running.app.inject('/nowhere');

  expect(response.json()).toMatchObject({ status: 404, code: 'route_not_found' });
});
