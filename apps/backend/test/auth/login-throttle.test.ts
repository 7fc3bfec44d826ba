import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendConfig } from '../../src/config.ts';
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
/** Lets time pass for all counters at once: it is the database's. */
const wait = (seconds: number) =>
  first.admin.prisma.$executeRaw`
    UPDATE request_counters SET blocked_until = blocked_until - make_interval(secs => ${seconds}),
      expires_at = expires_at - make_interval(secs => ${seconds})`;
const retryAfter = ({ headers }: { headers: object }) =>
  Number((headers as Record<string, unknown>)['retry-after']);

describe('failed logins of an account', () => {
  test('are slowed down over all instances, each time for longer, whoever fails', async () => {
    const { email } = await registerTaker(third.app);
    const codes: number[] = [];
    for (let failure = 0; failure < 3; failure += 1) {
      const at = failure % 2 === 0 ? first : second;
      codes.push((await logIn({ email, from: newAddress(), at })).statusCode);
    }

    const waits: number[] = [];
    for (const seconds of [1, 2, 4, 8]) {
      const blocked = await logIn({ email, from: newAddress(), at: second });
      expect(blocked.json()).toMatchObject({ status: 429, code: 'rate_limited' });
      waits.push(retryAfter(blocked));
      await wait(seconds);
      await logIn({ email, from: newAddress() });
    }

    expect(codes).toEqual([401, 401, 401]);
    expect(waits).toEqual([1, 2, 4, 8]);
  });

  test('never wait for longer than the most, and are forgotten in the end', async () => {
    const { email } = await registerTaker(third.app);
    const waits: number[] = [];
    for (let failure = 0; failure < 12; failure += 1) {
      await logIn({ email, from: newAddress() });
      waits.push(retryAfter(await logIn({ email, from: newAddress() })));
      await wait(60);
    }
    await wait(3600);

    const after = await logIn({ email, from: newAddress() });
    const next = await logIn({ email, from: newAddress() });

    expect(Math.max(...waits.filter(Number.isFinite))).toBe(60);
    expect([after.statusCode, next.statusCode]).toEqual([401, 401]);
  });

  test('keep even the right password out, and cost no hash', async () => {
    const { email } = await registerTaker(third.app);
    for (let failure = 0; failure < 3; failure += 1) await logIn({ email, from: newAddress() });
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
    for (let failure = 0; failure < 6; failure += 1) await logIn({ email, from: newAddress() });

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
    const codes: number[] = [];
    for (let failure = 0; failure < 4; failure += 1) {
      codes.push((await logIn({ email, from: newAddress() })).statusCode);
    }

    expect(codes).toEqual([401, 401, 401, 429]);
  });

  test('side by side at two instances get no more passwords checked than one by one', async () => {
    const { email } = await registerTaker(third.app);

    const responses = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        logIn({ email, from: newAddress(), at: index % 2 === 0 ? first : second }),
      ),
    );

    const checked = responses.filter(({ statusCode }) => statusCode === 401);
    expect(checked).toHaveLength(3);
  });

  test('count wrong current passwords at a change of the password too', async () => {
    const taker = await registerTaker(first.app);
    const changes: { statusCode: number; json(): { code: string } }[] = [];
    for (let failure = 0; failure < 4; failure += 1) {
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
      const email = `somebody-${failure}@example.org`;
      failed.push((await logIn({ email, from })).statusCode);
      await logIn({ email: own.email, from, given: password });
    }

    expect(failed).toContain(429);
  });
});
