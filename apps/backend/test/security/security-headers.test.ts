import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricsToken, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker } from '../testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
});
afterAll(() => running.close());

describe('every answer', () => {
  test.for([
    ['an answer', { url: '/health/live' }, 200],
    ['an unknown route', { url: '/nowhere' }, 404],
    ['a malformed address', { url: '/v1/test-sessions/%' }, 400],
    ['a wrong method', { method: 'DELETE', url: '/v1/auth/login' }, 405],
    ['no token', { url: '/v1/users/me' }, 401],
    ['no metrics token', { url: '/metrics' }, 401],
    ['an address too long', { url: `/v1/test-sessions/${'x'.repeat(200)}` }, 414],
    [
      'a body too large',
      { method: 'POST', url: '/v1/auth/login', payload: { email: 'x'.repeat(66_560) } },
      413,
    ],
  ] as const)('for %s has the headers that protect it', async ([, request, status]) => {
    const response = await running.app.inject({ ...request });

    expect(response.statusCode).toBe(status);
    expect(response.headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(response.headers).not.toHaveProperty('x-powered-by');
    expect(response.headers).not.toHaveProperty('server');
  });

  test('of the API is kept by no cache, whether it is one or an error', async () => {
    const taker = await registerTaker(running.app);
    const login = { email: taker.email, password: 'not the password' };
    const responses = [
      await taker.send('GET', '/v1/users/me'),
      await taker.send('POST', '/v1/auth/login', login),
      await taker.send('GET', '/v1/test-sessions'),
      await running.app.inject('/v1/nowhere'),
    ];

    expect(responses.map(({ headers }) => headers['cache-control'])).toEqual(
      Array(4).fill('no-store'),
    );
  });
});

test('the page of the documentation may load what it is made of, and nothing else', async () => {
  const page = await running.app.inject('/docs/');
  const policy = String(page.headers['content-security-policy']);

  const sources = (directive: string) => new RegExp(`${directive} ([^;]*)`).exec(policy)?.[1];
  const scripts = [...page.body.matchAll(/<script(?![^>]*src=)[^>]*>[^<]/g)];
  expect(page.statusCode).toBe(200);
  expect(policy).toContain("default-src 'self'");
  expect(sources('script-src')).toContain("'self'");
  expect(sources('script-src')).not.toContain("'unsafe-inline'");
  expect(scripts).toEqual([]);
});

test('metrics say how often they may still be read', async () => {
  const response = await running.app.inject({
    url: '/metrics',
    headers: { authorization: `Bearer ${metricsToken}` },
  });

  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'ratelimit-limit': '60',
    'x-content-type-options': 'nosniff',
  });
});
