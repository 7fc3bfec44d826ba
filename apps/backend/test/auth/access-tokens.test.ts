import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { createAccessTokens } from '../../src/auth/access-tokens.ts';
import { createTestClock } from '../testing/test-app.ts';

const secret = 'the-secret-that-the-tests-sign-with';
const clock = createTestClock(new Date('2026-06-01T12:00:00Z'));
const tokens = createAccessTokens({ secret, seconds: 900, clock });
const claims = { userId: randomUUID(), loginId: randomUUID() };

describe('an access token', () => {
  test('names its user and its login, for 15 minutes and not a second longer', async () => {
    const ahead = createTestClock(clock.now());
    const elsewhere = createAccessTokens({ secret, seconds: 900, clock: ahead });
    const token = await tokens.issue(claims);

    ahead.advance(899);
    const before = await elsewhere.verify(token);
    ahead.advance(1);
    const after = await elsewhere.verify(token);

    expect(before).toEqual(claims);
    expect(after).toBeUndefined();
  });

  test('is good at once at an instance whose clock is up to a minute off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -60, max: 60 }), async (skewSeconds) => {
        const skewed = createTestClock(clock.now());
        skewed.advance(skewSeconds);
        const other = createAccessTokens({ secret, seconds: 900, clock: skewed });

        expect(await other.verify(await tokens.issue(claims))).toEqual(claims);
      }),
    );
  });

  test('with any character changed is refused', async () => {
    const token = await tokens.issue(claims);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom(...alphabet),
        async (at, character) => {
          // The last character of a part carries bits that mean nothing: changing those alone is no forgery.
          const isLast = at === token.length - 1 || token[at + 1] === '.';
          fc.pre(token[at] !== character && !isLast);
          const forged = token.slice(0, at) + character + token.slice(at + 1);

          expect(await tokens.verify(forged)).toBeUndefined();
        },
      ),
      { numRuns: 300 },
    );
  });

  test('that is any text is refused, and never an error', async () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(fc.base64String(), { maxLength: 5 }).map((parts) => parts.join('.')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (token) => {
        expect(await tokens.verify(token)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  const valid = {
    iss: 'aiq-backend',
    aud: 'aiq-api',
    sub: claims.userId,
    sid: claims.loginId,
    exp: clock.now().getTime() / 1000 + 60,
  };
  const sign = (payload: object, { key = secret, alg = 'HS256' } = {}) =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg }).sign(new TextEncoder().encode(key));

  test('as we sign it is taken', async () => {
    expect(await tokens.verify(await sign(valid))).toEqual(claims);
  });

  test.for([
    ['by another key', valid, { key: 'x'.repeat(32) }],
    ['by another algorithm', valid, { alg: 'HS512' }],
    ['by another issuer', { ...valid, iss: 'elsewhere' }, {}],
    ['for another audience', { ...valid, aud: 'elsewhere' }, {}],
    ['without an end', { ...valid, exp: undefined }, {}],
    ['without a user', { ...valid, sub: undefined }, {}],
    ['without a login', { ...valid, sid: undefined }, {}],
    ['for a user that is no id', { ...valid, sub: "' OR true" }, {}],
    ['for a login that is no id', { ...valid, sid: 7 }, {}],
  ] as const)('signed %s is refused', async ([, payload, options]) => {
    expect(await tokens.verify(await sign(payload, options))).toBeUndefined();
  });

  test.for(['none', 'None', 'NONE', ''])('with the algorithm "%s" is refused', async (alg) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

    expect(await tokens.verify(`${part({ alg })}.${part(valid)}.`)).toBeUndefined();
  });
});
