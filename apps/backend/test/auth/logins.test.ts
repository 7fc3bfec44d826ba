import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLoginsRepository } from '../../src/auth/logins-repository.ts';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { password, registerTaker, type TestTaker } from '../testing/test-taker.ts';

const reuseSeconds = 30;
const clock = createTestClock();
let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  first = await startTestApp({ clock });
  second = await startTestApp({ clock, besides: first });
});
afterAll(async () => {
  await second.close();
  await first.close();
});

const post = (url: string, payload: object, { app }: TestApp = first) =>
  app.inject({ method: 'POST', url: `/v1/auth${url}`, payload });
const refresh = (refreshToken: string, at = first) => post('/refresh', { refreshToken }, at);
const meAt = ({ app }: TestApp, accessToken: string) =>
  app.inject({ url: '/v1/users/me', headers: { authorization: `Bearer ${accessToken}` } });

describe('an access token ends at once, at every instance, with', () => {
  const logInAgain = async ({ email }: TestTaker) =>
    (await post('/login', { email, password })).json();

  test('the logout of its login, while another login goes on', async () => {
    const taker = await registerTaker(first.app);
    const other = await logInAgain(taker);
    const before = await meAt(second, taker.accessToken);

    await post('/logout', { refreshToken: taker.refreshToken });

    const after = await Promise.all([first, second].map((at) => meAt(at, taker.accessToken)));
    expect(before.statusCode).toBe(200);
    expect(after.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
    expect((await meAt(second, other.accessToken)).statusCode).toBe(200);
  });

  test('the logout of all logins', async () => {
    const taker = await registerTaker(first.app);
    const other = await logInAgain(taker);

    await taker.send('POST', '/v1/auth/logout-all');

    const after = await Promise.all(
      [taker, other].map(({ accessToken }) => meAt(second, accessToken)),
    );
    expect(after.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  });

  test('a change of the password, which gives a login of its own', async () => {
    const taker = await registerTaker(first.app);
    const other = await logInAgain(taker);

    const changed = await taker.send('POST', '/v1/users/me/password', {
      currentPassword: password,
      newPassword: 'another four words together',
    });

    const tokens = [taker.accessToken, other.accessToken, changed.json().accessToken];
    const after = await Promise.all(tokens.map((token) => meAt(second, token)));
    expect(changed.statusCode).toBe(200);
    expect(after.map(({ statusCode }) => statusCode)).toEqual([401, 401, 200]);
  });

  test('the deletion of the user', async () => {
    const taker = await registerTaker(first.app);

    await taker.send('DELETE', '/v1/users/me');

    expect((await meAt(second, taker.accessToken)).statusCode).toBe(401);
    expect((await refresh(taker.refreshToken, second)).statusCode).toBe(401);
  });

  test('the reuse of a refresh token', async () => {
    const taker = await registerTaker(first.app);
    const renewed = (await refresh(taker.refreshToken)).json();
    clock.advance(reuseSeconds + 1);

    await refresh(taker.refreshToken);

    const tokens = [taker.accessToken, renewed.accessToken];
    const after = await Promise.all(tokens.map((token) => meAt(second, token)));
    expect(after.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  });
});

describe('a spent refresh token', () => {
  test('gives its one successor again within moments: for an answer that was lost', async () => {
    const taker = await registerTaker(first.app);
    const lost = (await refresh(taker.refreshToken)).json();
    clock.advance(reuseSeconds);

    const again = await refresh(taker.refreshToken, second);
    const next = await refresh(again.json().refreshToken);

    expect(again.json()).toMatchObject({
      refreshToken: lost.refreshToken,
      refreshTokenExpiresAt: lost.refreshTokenExpiresAt,
    });
    expect((await meAt(first, again.json().accessToken)).statusCode).toBe(200);
    expect(next.statusCode).toBe(200);
  });

  test('ends its login once the moment has passed, and no other login', async () => {
    const taker = await registerTaker(first.app);
    const other = (await post('/login', { email: taker.email, password })).json();
    const successor = (await refresh(taker.refreshToken)).json();
    clock.advance(reuseSeconds + 1);
    first.telemetry.reset();

    const reused = await refresh(taker.refreshToken);
    const after = await refresh(successor.refreshToken);

    expect(reused.json()).toMatchObject({ status: 401, code: 'invalid_refresh_token' });
    expect(after.statusCode).toBe(401);
    expect((await refresh(other.refreshToken)).statusCode).toBe(200);
    expect(first.telemetry.metric('auth.refreshes', { outcome: 'reused' })).toBe(1);
    expect(first.telemetry).toHaveLogged({ level: 'warn', message: /spent refresh token/ });
  });

  test('ends its login at once when its successor was used already', async () => {
    const taker = await registerTaker(first.app);
    const successor = (await refresh(taker.refreshToken)).json();
    const grandchild = (await refresh(successor.refreshToken)).json();

    const reused = await refresh(taker.refreshToken, second);

    expect(reused.statusCode).toBe(401);
    expect((await refresh(grandchild.refreshToken)).statusCode).toBe(401);
  });

  test('cannot be turned into its successor by who does not know the key', async () => {
    const stranger = await startTestApp({
      besides: first,
      clock,
      environment: { AUTH_TOKEN_SECRET: 'another-secret-than-the-tests-sign-with' },
    });
    const taker = await registerTaker(first.app);
    const ours = (await refresh(taker.refreshToken)).json();

    const theirs = await refresh(taker.refreshToken, stranger);
    await stranger.close();

    expect(ours.refreshToken).toMatch(/^[\w-]{43}$/);
    expect(theirs.statusCode).toBe(401);
  });
});

test('one refresh token, many times at once at two instances, has one successor', async () => {
  for (let round = 0; round < 5; round += 1) {
    const taker = await registerTaker(first.app);

    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        refresh(taker.refreshToken, index % 2 === 0 ? first : second),
      ),
    );

    const given = responses.map((response) => response.json().refreshToken);
    const stored = await first.admin.prisma.authToken.findMany({
      where: { login: { userId: taker.id } },
    });
    expect(responses.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
    expect(new Set(given).size).toBe(1);
    expect(stored.map(({ spentAt }) => spentAt === null).sort()).toEqual([false, true]);
  }
});

test('a login that is renewed and ended at the same moment has ended', async () => {
  const left: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const taker = await registerTaker(first.app);

    await Promise.all([
      refresh(taker.refreshToken, first),
      post('/logout', { refreshToken: taker.refreshToken }, second),
    ]);

    left.push(await first.admin.prisma.login.count({ where: { userId: taker.id } }));
  }

  expect(left).toEqual(Array(10).fill(0));
});

test('a login with the old password that crosses its change does not outlive it', async () => {
  for (let round = 0; round < 6; round += 1) {
    const taker = await registerTaker(first.app);

    const [login, changed] = await Promise.all([
      post('/login', { email: taker.email, password }, second),
      taker.send('POST', '/v1/users/me/password', {
        currentPassword: password,
        newPassword: 'another four words together',
      }),
    ]);

    const old = login.statusCode === 200 ? login.json().accessToken : taker.accessToken;
    expect(changed.statusCode).toBe(200);
    expect((await meAt(first, old)).statusCode).toBe(401);
    expect((await meAt(second, changed.json().accessToken)).statusCode).toBe(200);
  }
});

test('a login does not begin with a password that was changed since it was checked', async () => {
  const logins = createLoginsRepository(first.admin);
  const taker = await registerTaker(first.app);
  const start = (passwordVersion: number) =>
    logins.start(
      { userId: taker.id, passwordVersion },
      { tokenHash: randomUUID(), expiresAt: new Date(clock.now().getTime() + 60_000) },
      clock.now(),
    );
  const before = await start(0);
  await taker.send('POST', '/v1/users/me/password', {
    currentPassword: password,
    newPassword: 'another four words together',
  });

  const [late, current] = [await start(0), await start(1)];

  expect(before).toMatchObject({ userId: taker.id });
  expect(late).toBeUndefined();
  expect(current).toMatchObject({ userId: taker.id });
});

test('of two changes of the password that cross, one is made', async () => {
  const taker = await registerTaker(first.app);
  const change = (newPassword: string, at: TestApp) =>
    taker.send('POST', '/v1/users/me/password', { currentPassword: password, newPassword }, at.app);
  const passwords = ['another four words together', 'some other words in a row'];

  const changed = await Promise.all([
    change(passwords[0] ?? '', first),
    change(passwords[1] ?? '', second),
  ]);

  const logins = await Promise.all(
    passwords.map((each) => post('/login', { email: taker.email, password: each })),
  );
  const madeBy = changed.map(({ statusCode }) => statusCode === 200);
  expect(madeBy.filter(Boolean)).toHaveLength(1);
  expect(logins.map(({ statusCode }) => statusCode === 200)).toEqual(madeBy);
});
