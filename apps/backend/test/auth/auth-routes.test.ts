import { argon2Sync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { password, registerTaker } from '../testing/test-taker.ts';

const clock = createTestClock();
let running: TestApp;

beforeAll(async () => {
  running = await startTestApp({ clock });
});
afterAll(() => running.close());

const post = (url: string, payload: object, app = running.app) =>
  app.inject({ method: 'POST', url: `/v1/auth${url}`, payload });

describe('register', () => {
  test('creates the user and logs in', async () => {
    running.telemetry.reset();

    const response = await post('/register', {
      email: 'Ada@Example.org',
      password,
      displayName: ' Ada ',
    });

    const { user, ...tokens } = response.json();
    expect(response.statusCode).toBe(201);
    expect(user).toMatchObject({ email: 'ada@example.org', displayName: 'Ada' });
    expect(tokens).toMatchObject({ tokenType: 'Bearer', refreshToken: expect.any(String) });
    expect(running.telemetry).toHaveRecordedMetric('users.registrations', { value: 1 });
  });

  test('refuses an address that is taken, whatever its case', async () => {
    const { email } = await registerTaker(running.app);

    const response = await post('/register', { email: email.toUpperCase(), password });

    expect(response.json()).toMatchObject({ status: 409, code: 'email_taken' });
  });

  test.for([
    [{ email: 'not-an-address', password }, 'body.email'],
    [{ email: 'a@example.org', password: 'x'.repeat(513) }, 'body.password'],
    [{ email: 'a@example.org', password: 'fourteen chars' }, 'body.password'],
    [{ email: 'a@example.org', password: 'correct horse '.repeat(10) }, 'body.password'],
    [{ email: 'a@example.org', password: 12 }, 'body.password'],
    [{ email: 'a@example.org', password, displayName: 'nul\u0000' }, 'body.displayName'],
    [{ email: 'a@example.org', password, displayName: '  ' }, 'body.displayName'],
    [{ email: 'a@example.org', password, admin: true }, 'body'],
  ] as const)('refuses %j', async ([body, path]) => {
    const response = await post('/register', body);

    expect(response.json()).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(response.json().errors).toEqual([{ path, message: expect.any(String) }]);
  });

  test.for([
    ['passwordpassword', 'tried first'],
    ['guessable@example.org', 'choose other words'],
    ['Ada King of Lovelace', 'choose other words'],
  ] as const)('refuses the password "%s"', async ([guessable, reason]) => {
    const response = await post('/register', {
      email: 'guessable@example.org',
      password: guessable,
      displayName: 'Ada King of Lovelace',
    });

    expect(response.json()).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'body.password', message: expect.stringContaining(reason) }],
    });
  });

  test('stores an argon2id hash and no password', async () => {
    const { id } = await registerTaker(running.app);

    const stored = await running.admin.prisma.user.findUniqueOrThrow({ where: { id } });

    expect(stored.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(stored.passwordHash).not.toContain(password);
  });
});

describe('login', () => {
  test('gives tokens for the right password', async () => {
    const { email, id } = await registerTaker(running.app);

    const response = await post('/login', { email, password });

    expect(response.statusCode).toBe(200);
    expect(response.json().user.id).toBe(id);
  });

  test('takes a password in either of its Unicode forms', async () => {
    const email = 'unicode@example.org';
    await post('/register', { email, password: 'caf\u00e9 au lait, caf\u00e9 noir' });

    const response = await post('/login', {
      email,
      password: 'cafe\u0301 au lait, cafe\u0301 noir',
    });

    expect(response.statusCode).toBe(200);
  });

  test('makes a hash of another cost anew, once', async () => {
    const { id, email } = await registerTaker(running.app);
    const { prisma } = running.admin;
    const weaker = 'm=1024,t=1,p=1';
    const key = argon2Sync('argon2id', {
      message: Buffer.from(password),
      nonce: Buffer.from('0123456789abcdef'),
      memory: 1024,
      passes: 1,
      parallelism: 1,
      tagLength: 32,
    });
    const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
    const outdated = `$argon2id$v=19$${weaker}$${text(Buffer.from('0123456789abcdef'))}$${text(key)}`;
    await prisma.user.update({ where: { id }, data: { passwordHash: outdated } });
    const stored = async () =>
      (await prisma.user.findUniqueOrThrow({ where: { id } })).passwordHash;

    const wrong = await post('/login', { email, password: 'not the password' });
    const afterWrong = await stored();
    const right = await post('/login', { email, password });
    const afterRight = await stored();
    const again = await post('/login', { email, password });

    expect([wrong, right, again].map(({ statusCode }) => statusCode)).toEqual([401, 200, 200]);
    expect(afterWrong).toBe(outdated);
    expect(afterRight).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await stored()).toBe(afterRight);
  });

  test('of too many at once is refused for some, with Retry-After, and all is well after', async () => {
    const flooded = await startTestApp({
      besides: running,
      change: (config) => ({
        ...config,
        auth: { ...config.auth, passwordHashing: { hashesAtOnce: 1, hashesWaiting: 0 } },
      }),
    });
    const logIn = (index: number) =>
      post('/login', { email: `flood-${index}@example.org`, password }, flooded.app);

    const responses = await Promise.all(Array.from({ length: 12 }, (_, index) => logIn(index)));
    const after = await logIn(99);
    await flooded.close();

    const refused = responses.filter(({ statusCode }) => statusCode === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(11);
    expect(refused[0]?.headers['retry-after']).toBe('3');
    expect(refused[0]?.json().code).toBe('service_unavailable');
    expect(after.statusCode).toBe(401);
  });

  test('answers alike for a wrong password and an unknown user', async () => {
    const { email } = await registerTaker(running.app);
    running.telemetry.reset();

    const wrong = await post('/login', { email, password: 'a wrong password' });
    const unknown = await post('/login', { email: 'nobody@example.org', password });

    const { traceId: _, requestId: __, ...shown } = wrong.json();
    expect(wrong.statusCode).toBe(401);
    expect(unknown.json()).toMatchObject({ ...shown, code: 'invalid_credentials' });
    expect(running.telemetry).toHaveRecordedMetric('auth.logins', {
      value: 2,
      labels: { outcome: 'failure' },
    });
  });
});

describe('refresh', () => {
  test('gives a successor that works, and an access token', async () => {
    const taker = await registerTaker(running.app);

    const once = await post('/refresh', { refreshToken: taker.refreshToken });
    const twice = await post('/refresh', { refreshToken: once.json().refreshToken });
    const me = await running.app.inject({
      url: '/v1/users/me',
      headers: { authorization: `Bearer ${twice.json().accessToken}` },
    });

    expect(twice.statusCode).toBe(200);
    expect(me.json().id).toBe(taker.id);
  });

  test('of an expired or an unknown token is refused', async () => {
    const taker = await registerTaker(running.app);
    clock.advance(2_592_001);

    const expired = await post('/refresh', { refreshToken: taker.refreshToken });
    const unknown = await post('/refresh', { refreshToken: 'x'.repeat(43) });
    const malformed = await post('/refresh', { refreshToken: 'x' });

    expect(expired.json().code).toBe('invalid_refresh_token');
    expect(unknown.json().code).toBe('invalid_refresh_token');
    expect(malformed.json().code).toBe('validation_failed');
  });
});

describe('logout', () => {
  test('ends the login, and tells nothing of an unknown token', async () => {
    const taker = await registerTaker(running.app);

    const response = await post('/logout', { refreshToken: taker.refreshToken });
    const after = await post('/refresh', { refreshToken: taker.refreshToken });
    const unknown = await post('/logout', { refreshToken: 'x'.repeat(43) });

    expect(response.statusCode).toBe(204);
    expect(response.body).toBe('');
    expect(after.statusCode).toBe(401);
    expect(unknown.statusCode).toBe(204);
  });

  test('of all logins ends each of them', async () => {
    const taker = await registerTaker(running.app);
    const other = await post('/login', { email: taker.email, password });

    const response = await taker.send('POST', '/v1/auth/logout-all');

    const tokens = [taker.refreshToken, other.json().refreshToken];
    const after = await Promise.all(
      tokens.map((refreshToken) => post('/refresh', { refreshToken })),
    );
    expect(response.statusCode).toBe(204);
    expect(after.map(({ statusCode }) => statusCode)).toEqual([401, 401]);
  });
});
