import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toAttributes } from '../../src/policy/attributes.ts';
import { isSecretKey, scrubbed, scrubText, scrubValue } from '../../src/policy/scrub.ts';
import { describeSql, sanitizeSql } from '../../src/policy/sql-text.ts';

describe('secrets do not leave', () => {
  test.each([
    'authorization',
    'Cookie',
    'set-cookie',
    'cookies',
    'passwords',
    'client_secrets',
    'password',
    'newPassword',
    'db_password',
    'token',
    'refreshToken',
    'access_token',
    'apiKey',
    'serviceKey',
    'x-aiq-service-key',
    'x-api-key',
    'api_key',
    'sentry.dsn',
    'clientSecret',
    'AUTH_TOKEN_SECRET',
    'http.request.header.authorization',
    'password_hash',
    'tokenHash',
  ])('a field named %s', (key) => {
    expect(isSecretKey(key)).toBe(true);
    expect(scrubValue({ deep: { [key]: 'value' } })).toEqual({ deep: { [key]: scrubbed } });
  });

  test.each([
    'input_tokens',
    'gen_ai.usage.input_tokens',
    'question_type',
    'keyboard',
    'monkey',
    'author',
    'gen_ai.token.type',
    'session',
    'db.operation.name',
    'http.route',
    'seed',
  ])('a field named %s stays', (key) => {
    expect(isSecretKey(key)).toBe(false);
  });

  test.each([
    ['Authorization: Bearer abcdefgh12345678', 'abcdefgh12345678'],
    ['jwt eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl here', 'eyJzdWIiOiIx'],
    ['postgres://aiq:hunter2@db:5432/aiq failed', 'hunter2'],
    ['mail to jane.doe+x@mail.example.org now', 'jane.doe'],
    ['GET /v1/x?token=abc123&a=1', 'abc123'],
    ['{"cookies": "abc123def", "a": 1}', 'abc123def'],
    ['key sk-proj-abcdefghijklmnop123', 'abcdefghijklmnop123'],
    ['dsn https://0123456789abcdef0123@o1.ingest.sentry.io/2', '0123456789abcdef0123'],
  ])('a text such as %s', (text, secret) => {
    expect(scrubText(text)).not.toContain(secret);
  });

  test.each([
    '/node_modules/.pnpm/@opentelemetry+api@1.10.0/node_modules/x.mjs',
    'GET /v1/test-sessions/:id/current-question',
    'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  ])('%s stays as it is', (text) => {
    expect(scrubText(text)).toBe(text);
  });
});

describe('whatever is given', () => {
  test('comes out as JSON, bounded, and never throws', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          maxDepth: 8,
        }),
        (value) => {
          JSON.stringify(scrubValue(value));
          for (const attribute of Object.values(toAttributes({ value }))) {
            expect(['string', 'number', 'boolean', 'object']).toContain(typeof attribute);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('cycles, throwing getters and huge things are cut', () => {
    const cycle: Record<string, unknown> = { big: 'x'.repeat(100_000), list: Array(1_000).fill(1) };
    cycle['self'] = cycle;
    Object.defineProperty(cycle, 'bad', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const text = JSON.stringify(
      scrubValue({
        cycle,
        many: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])),
      }),
    );
    expect(text.length).toBeLessThan(20_000);
  });

  test('is cut where it goes round, goes deep, goes on or is long', () => {
    const round: Record<string, unknown> = { n: 1 };
    round['self'] = { round };
    expect(scrubValue(round)).toEqual({ n: 1, self: { round: '[cycle]' } });
    expect(scrubValue({ a: { b: { c: 1 } } }, 2)).toEqual({ a: { b: '[deeper]' } });
    expect((scrubValue(Array(150).fill(1)) as unknown[]).slice(-2)).toEqual([1, '[50 more]']);
    const wide = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`k${at}`, at]));
    expect(Object.keys(scrubValue(wide) as object)).toHaveLength(100);
    expect(scrubText('x '.repeat(10_000))).toHaveLength(8_193);
    const twice = { n: 1 };
    expect(scrubValue([twice, twice])).toEqual([twice, twice]);
  });

  test('an error keeps its message and cause without their secrets', () => {
    const error = new Error('for a@b.example', { cause: new Error('Bearer abcdefghijk') });
    expect(scrubValue(error)).toMatchObject({
      type: 'Error',
      message: `for ${scrubbed}`,
      cause: { message: `Bearer ${scrubbed}` },
    });
  });
});

describe('SQL', () => {
  test.each([
    ["select 1 where a = 'x''y' and b = 'z'", 'select ? where a = ? and b = ?'],
    [
      'SELECT "t1"."id" FROM "t1" WHERE "x" = $1 LIMIT 20',
      'SELECT "t1"."id" FROM "t1" WHERE "x" = $1 LIMIT ?',
    ],
    ["insert into t values (-1.5, E'a\\'b', $$ x $$)", 'insert into t values (?, ?, ?)'],
  ])('%s keeps no literal', (text, expected) => {
    expect(sanitizeSql(text)).toBe(expected);
  });

  test.each([
    ['SELECT "public"."users"."id" FROM "public"."users" WHERE 1=1', 'SELECT', 'users'],
    ['INSERT INTO questions (id) VALUES ($1)', 'INSERT', 'questions'],
    ['update "results" set x = 1', 'UPDATE', 'results'],
    ['BEGIN', 'BEGIN', undefined],
    ['-- from nowhere\n/* into nothing */ delete from only x', 'DELETE', 'x'],
    ["select 'from alice''s', e'from \\' bob', $q$ from carol $q$", 'SELECT', undefined],
    ["update t set note = 'never closed, from dave", 'UPDATE', 't'],
    ["select 'C:\\' from disks", 'SELECT', 'disks'],
  ])('%s is described', (text, operation, collection) => {
    expect(describeSql(text)).toEqual({ operation, collection });
  });
});
