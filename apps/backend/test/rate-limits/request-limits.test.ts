import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendConfig } from '../../src/config.ts';
import { metricsToken, startTestApp, type TestApp } from '../testing/test-app.ts';
import { password, registerTaker } from '../testing/test-taker.ts';

const limited = {
  BACKEND_AUTH_RATE_LIMIT: '4',
  BACKEND_REGISTRATION_RATE_LIMIT: '3',
  BACKEND_USER_RATE_LIMIT: '5',
};
const behindProxy = (config: BackendConfig): BackendConfig => ({
  ...config,
  http: { ...config.http, trustedProxyHops: 1 },
});
let open: TestApp;
let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  open = await startTestApp();
  first = await startTestApp({ environment: limited, change: behindProxy, besides: open });
  second = await startTestApp({ environment: limited, change: behindProxy, besides: open });
});
afterAll(async () => {
  await second.close();
  await first.close();
  await open.close();
});

const send = (at: TestApp, url: string, from: string, payload: object) =>
  at.app.inject({ method: 'POST', url, headers: { 'x-forwarded-for': from }, payload });
const refresh = (from: string, at = first) =>
  send(at, '/v1/auth/refresh', from, { refreshToken: 'x'.repeat(43) });

describe('requests from one address', () => {
  test('are counted over both instances, and told what is left', async () => {
    const from = '203.0.113.1';
    const responses = [
      await refresh(from, first),
      await refresh(from, second),
      await refresh(from, first),
      await refresh(from, second),
    ];

    const over = await refresh(from, first);
    const elsewhere = await refresh('203.0.113.2', first);

    expect(responses.map(({ headers }) => headers['ratelimit-remaining'])).toEqual([
      '3',
      '2',
      '1',
      '0',
    ]);
    expect(over.json()).toMatchObject({ status: 429, code: 'rate_limited' });
    expect(over.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json'),
      'ratelimit-limit': '4',
      'ratelimit-remaining': '0',
    });
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(over.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(elsewhere.headers['ratelimit-remaining']).toBe('3');
  });

  test('at the same moment pass as often as one after the other', async () => {
    const responses = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        refresh('203.0.113.3', index % 2 === 0 ? first : second),
      ),
    );

    expect(responses.filter(({ statusCode }) => statusCode !== 429)).toHaveLength(4);
  });

  test('pass again in the next window', async () => {
    const from = '203.0.113.4';
    for (let count = 0; count < 5; count += 1) await refresh(from);
    await open.admin.prisma.$executeRaw`UPDATE request_counters SET expires_at = now()`;

    const next = await refresh(from);

    expect(next.headers['ratelimit-remaining']).toBe('3');
  });

  test('register a few users in an hour, counted apart from logins', async () => {
    const from = '203.0.113.5';
    const register = (index: number) =>
      send(first, '/v1/auth/register', from, { email: `r${index}@example.org`, password });
    const codes: number[] = [];
    for (let index = 0; index < 4; index += 1) codes.push((await register(index)).statusCode);

    expect(codes).toEqual([201, 201, 201, 429]);
    expect((await refresh(from)).headers['ratelimit-remaining']).toBe('3');
  });

  test('are those of a whole IPv6 network, and of an IPv4 address however it is written', async () => {
    const remaining: unknown[] = [];
    for (const from of [
      '2001:db8:0:1::1',
      '2001:db8:0:1:ffff::2',
      '2001:db8:0:2::1',
      '203.0.113.6',
      '::ffff:203.0.113.6',
    ]) {
      remaining.push((await refresh(from)).headers['ratelimit-remaining']);
    }

    expect(remaining).toEqual(['3', '2', '3', '3', '2']);
  });

  test('cannot choose their address beyond the proxies that are trusted', async () => {
    const remaining: unknown[] = [];
    for (const from of ['192.0.2.1, 203.0.113.7', '192.0.2.2, 203.0.113.7']) {
      remaining.push((await refresh(from)).headers['ratelimit-remaining']);
    }
    const direct = await startTestApp({ environment: limited, besides: open });
    for (const from of ['192.0.2.3', '192.0.2.4']) {
      remaining.push((await refresh(from, direct)).headers['ratelimit-remaining']);
    }
    await direct.close();

    expect(remaining).toEqual(['3', '2', '3', '2']);
  });
});

describe('requests of one user', () => {
  test('that write are counted over both instances, from wherever, apart from other users', async () => {
    const [taker, other] = [await registerTaker(open.app), await registerTaker(open.app)];
    const rename = (who: typeof taker, at: TestApp) =>
      who.send('PATCH', '/v1/users/me', { displayName: 'Ada' }, at.app);
    const codes: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      codes.push((await rename(taker, index % 2 === 0 ? first : second)).statusCode);
    }

    const start = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' }, first.app);
    const read = await taker.send('GET', '/v1/users/me', undefined, first.app);

    expect(codes).toEqual([200, 200, 200, 200, 200, 429]);
    expect(start.statusCode).toBe(429);
    expect(read.statusCode).toBe(200);
    expect((await rename(other, first)).headers['ratelimit-remaining']).toBe('4');
  });
});

test('without the database nobody passes, and metrics are read all the same', async () => {
  const cut = await startTestApp({
    databaseUrl: 'postgresql://u:p@127.0.0.1:1/none',
    besides: open,
  });

  const refused = await send(cut, '/v1/auth/refresh', '203.0.113.8', {
    refreshToken: 'x'.repeat(43),
  });
  const metrics = await cut.app.inject({
    url: '/metrics',
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  await cut.close();

  expect(refused.json()).toMatchObject({ status: 503, code: 'service_unavailable' });
  expect(metrics.statusCode).toBe(200);
});

test('the table of counters names nobody, and loses what has expired', async () => {
  const { prisma } = open.admin;
  await refresh('203.0.113.99');
  const keys = (await prisma.requestCounter.findMany()).map(({ key }) => key);
  await prisma.requestCounter.createMany({
    data: Array.from({ length: 50 }, (_, index) => ({
      key: `expired-${index}`,
      count: 1,
      expiresAt: new Date(0),
    })),
  });

  await Promise.all(Array.from({ length: 500 }, () => refresh('203.0.113.100')));

  const left = await prisma.requestCounter.count({ where: { key: { startsWith: 'expired' } } });
  expect(keys.filter((key) => !/^[\w-]{43}$/.test(key))).toEqual([]);
  expect(left).toBe(0);
});
