import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendConfig } from '../../src/config.ts';
import { createKeyedHash } from '../../src/security/keyed-hash.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { password, registerTaker } from '../testing/test-taker.ts';

const throttle = { failuresPerAccount: 3, failuresPerAddress: 8, delaySecondsMax: 60 };
const change = (config: BackendConfig): BackendConfig => ({
  ...config,
  http: { ...config.http, trustedProxyHops: 1 },
  auth: { ...config.auth, loginThrottle: throttle },
});
let first: TestApp;
let second: TestApp;
let third: TestApp;

beforeAll(async () => {
  first = await startTestApp({ change });
  second = await startTestApp({ change, besides: first });
  // Has no throttle to speak of: for logging in from an address beforehand.
  third = await startTestApp({ besides: first });
});
afterAll(async () => {
  await third.close();
  await second.close();
  await first.close();
});

let addresses = 0;
/** Another client each time, as the proxy in front names it. */
const newAddress = () => {
  addresses += 1;
  return `198.51.100.${addresses}`;
};

interface Attempt {
  readonly email: string;
  readonly from: string;
  readonly given?: string;
  readonly at?: TestApp;
}
const logIn = ({ email, from, given = 'not the password', at = first }: Attempt) =>
  at.app.inject({
    method: 'POST',
    url: '/v1/auth/login',
    headers: { 'x-forwarded-for': from },
    payload: { email, password: given },
  });
const failThrice = async (email: string) => {
  for (let failure = 0; failure < 3; failure += 1) await logIn({ email, from: newAddress() });
};

/** Time is the database's: these move all counters, so that no test depends on how fast it runs. */
const wait = (seconds: number) =>
  first.admin.prisma.$executeRaw`
    UPDATE request_counters SET blocked_until = blocked_until - make_interval(secs => ${seconds}),
      expires_at = expires_at - make_interval(secs => ${seconds})`;
/** Makes a second's delay last for the test. */
const hold = () =>
  first.admin.prisma.$executeRaw`
    UPDATE request_counters SET blocked_until = now() + interval '10 min'
    WHERE blocked_until IS NOT NULL`;

const keyedHash = createKeyedHash('the-secret-that-the-tests-sign-with', 'request counters');
const counterOf = (email: string) => keyedHash(`login-account:${email}`);
/** Seconds from the last attempt to the next: the memory of an hour counts from there too. */
async function delayOf(email: string): Promise<number> {
  const { blockedUntil, expiresAt } = await first.admin.prisma.requestCounter.findUniqueOrThrow({
    where: { key: counterOf(email) },
  });
  if (blockedUntil === null) return 0;
  return Math.round((blockedUntil.getTime() - expiresAt.getTime()) / 1000 + 3600);
}

describe('failed logins of an account', () => {
  test('are slowed down over all instances, twice as long each time, up to the most', async () => {
    const { email } = await registerTaker(third.app);
    const delays: number[] = [];
    for (let failure = 0; failure < 11; failure += 1) {
      const at = failure % 2 === 0 ? first : second;
      const response = await logIn({ email, from: newAddress(), at });
      expect(response.json()).toMatchObject({ status: 401, code: 'invalid_credentials' });
      delays.push(await delayOf(email));
      await wait(60);
    }

    expect(delays).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('are told how long to wait, at every instance, and wait no longer for asking', async () => {
    const { email } = await registerTaker(third.app);
    await first.admin.prisma.requestCounter.create({
      data: { key: counterOf(email), count: 30, expiresAt: new Date(Date.now() + 3600_000) },
    });
    await logIn({ email, from: newAddress() });

    const blocked = [
      await logIn({ email, from: newAddress(), at: second }),
      await logIn({ email, from: newAddress(), at: first }),
    ];

    for (const response of blocked) {
      const seconds = Number(response.headers['retry-after']);
      expect(response.json()).toMatchObject({ status: 429, code: 'rate_limited' });
      expect(seconds).toBeGreaterThan(20);
      expect(seconds).toBeLessThanOrEqual(60);
    }
    expect(await delayOf(email)).toBe(60);
  });

  test('are forgotten after an hour without another', async () => {
    const { email } = await registerTaker(third.app);
    await failThrice(email);
    await wait(3600);

    await logIn({ email, from: newAddress() });

    expect(await delayOf(email)).toBe(0);
  });

  test('keep even the right password out, and cost no hash', async () => {
    const { email } = await registerTaker(third.app);
    await failThrice(email);
    await hold();
    // Checking a password against this would be an error.
    await first.admin.prisma.user.update({ where: { email }, data: { passwordHash: 'no hash' } });
    first.telemetry.reset();

    const right = await logIn({ email, from: newAddress(), given: password });

    expect(right.statusCode).toBe(429);
    expect(first.telemetry.metric('auth.logins', { outcome: 'throttled' })).toBe(1);
    expect(first.telemetry.metric('auth.logins', { outcome: 'failure' })).toBe(0);
  });

  test('do not keep out its owner at an address where the owner was before', async () => {
    const { email } = await registerTaker(third.app);
    const home = newAddress();
    const before = await logIn({ email, from: home, given: password });
    await failThrice(email);
    await hold();

    const stranger = await logIn({ email, from: newAddress(), given: password });
    const owner = await logIn({ email, from: home, given: password, at: second });

    expect(before.statusCode).toBe(200);
    expect(stranger.statusCode).toBe(429);
    expect(owner.statusCode).toBe(200);
  });

  test('are forgotten with the right password', async () => {
    const { email } = await registerTaker(third.app);
    const attempts = [undefined, undefined, password, undefined, undefined, password];
    const codes: number[] = [];
    for (const given of attempts) {
      const attempt = { email, from: newAddress(), ...(given === undefined ? {} : { given }) };
      codes.push((await logIn(attempt)).statusCode);
    }

    expect(codes).toEqual([401, 401, 200, 401, 401, 200]);
  });

  test('are slowed down for an unknown address just the same', async () => {
    const email = 'nobody-at-all@example.org';
    await failThrice(email);
    const delay = await delayOf(email);
    await hold();

    const next = await logIn({ email, from: newAddress() });

    expect(delay).toBe(1);
    expect(next.json()).toMatchObject({ status: 429, code: 'rate_limited' });
  });

  test('side by side at two instances get no more passwords checked than one by one', async () => {
    const { email } = await registerTaker(third.app);
    await first.admin.prisma.requestCounter.create({
      data: { key: counterOf(email), count: 20, expiresAt: new Date(Date.now() + 3600_000) },
    });

    const responses = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        logIn({ email, from: newAddress(), at: index % 2 === 0 ? first : second }),
      ),
    );

    const checked = responses.filter(({ statusCode }) => statusCode === 401);
    expect(checked).toHaveLength(1);
  });

  test('count wrong current passwords at a change of the password too', async () => {
    const taker = await registerTaker(first.app);
    const changes: { statusCode: number; json(): { code: string } }[] = [];
    for (let failure = 0; failure < 4; failure += 1) {
      await hold();
      changes.push(
        await taker.send('POST', '/v1/users/me/password', {
          currentPassword: 'not the password',
          newPassword: 'another four words together',
        }),
      );
    }

    expect(changes.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 429]);
    expect(changes[0]?.json().code).toBe('wrong_password');
  });
});

describe('failed logins from an address', () => {
  test('are slowed down over all accounts, for a whole IPv6 network', async () => {
    const codes: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      await hold();
      const email = `nobody-${failure}@example.org`;
      codes.push((await logIn({ email, from: `2001:db8:1:2::${failure}` })).statusCode);
    }

    const neighbour = await logIn({ email: 'n@example.org', from: '2001:db8:1:3::1' });

    expect(codes).toEqual([...Array(8).fill(401), 429]);
    expect(neighbour.statusCode).toBe(401);
  });

  test('are not made up for by logging in to an account of one\u2019s own in between', async () => {
    const from = newAddress();
    const own = await registerTaker(third.app);
    const failed: number[] = [];
    for (let failure = 0; failure < 9; failure += 1) {
      await hold();
      const email = `somebody-${failure}@example.org`;
      failed.push((await logIn({ email, from })).statusCode);
      await logIn({ email: own.email, from, given: password });
    }

    expect(failed).toContain(429);
  });
});
