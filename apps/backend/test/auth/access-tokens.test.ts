import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker } from '../testing/test-taker.ts';

const clock = createTestClock();
let running: TestApp;

beforeAll(async () => {
  running = await startTestApp({ clock });
});
afterAll(() => running.close());

describe('an access token', () => {
  const me = (authorization: string) =>
    running.app.inject({ url: '/v1/users/me', headers: { authorization } });

  test('is good for 15 minutes', async () => {
    const taker = await registerTaker(running.app);
    clock.advance(899);
    const before = await me(`Bearer ${taker.accessToken}`);
    clock.advance(2);

    const after = await me(`Bearer ${taker.accessToken}`);

    expect(before.statusCode).toBe(200);
    expect(after.json()).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  test.for([
    ['nothing', ''],
    ['another scheme', 'Basic YTpi'],
    ['no token', 'Bearer'],
    ['no JWT', 'Bearer abc'],
    ['no signature', `Bearer ${unsigned()}`],
  ] as const)('that is %s is refused', async ([, authorization]) => {
    const response = await me(authorization);

    expect(response.json()).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  test('that was signed with another secret, or for another audience, is refused', async () => {
    const { id } = await registerTaker(running.app);
    const own = 'the-secret-that-the-tests-sign-with';

    const forged = await me(`Bearer ${await sign(id, 'x'.repeat(32), 'aiq-api')}`);
    const foreign = await me(`Bearer ${await sign(id, own, 'elsewhere')}`);
    const right = await me(`Bearer ${await sign(id, own, 'aiq-api')}`);

    expect(forged.statusCode).toBe(401);
    expect(foreign.statusCode).toBe(401);
    expect(right.statusCode).toBe(200);
  });
});

function sign(sub: string, secret: string, audience: string): Promise<string> {
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('aiq-backend')
    .setAudience(audience)
    .setSubject(sub)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 60)
    .sign(new TextEncoder().encode(secret));
}

function unsigned(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub: 'x', iss: 'aiq-backend', aud: 'aiq-api' })}.`;
}
