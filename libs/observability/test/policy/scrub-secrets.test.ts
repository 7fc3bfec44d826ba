import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCardLike, scrubText, scrubValue } from '../../src/policy/scrub.ts';
import { plantedSecrets } from './planted-secrets.ts';

const around = fc.oneof(
  fc.constant(''),
  fc.lorem(),
  fc.constant('{ "a": [1, '),
  fc.constant('\n\t'),
  fc.constant('case 12:'),
  fc.constant('a=1&'),
);

describe('a secret, wherever it stands', () => {
  test.each(plantedSecrets.map((planted, index) => [index, planted] as const))(
    'of kind %i does not pass',
    (_index, planted) => {
      fc.assert(
        fc.property(planted, around, around, ({ text, secret }, before, after) => {
          const whole = `${before} ${text} ${after}`;
          expect(scrubText(whole)).not.toContain(secret);
          expect(JSON.stringify(scrubValue({ a: [whole], [text]: 1 }))).not.toContain(secret);
        }),
        { numRuns: 150 },
      );
    },
  );

  test('is not let through by the cut of a long text', () => {
    const whole = ['jwt', 'card', 'old dsn'];
    const planted = fc.oneof(...plantedSecrets).filter(({ kind }) => whole.includes(kind));
    fc.assert(
      fc.property(planted, fc.integer({ min: 8_130, max: 8_190 }), ({ text, secret }, length) => {
        const before = 'x '.repeat(length / 2);
        expect(scrubText(`${before}${text}`)).not.toContain(secret.slice(0, 8));
      }),
      { numRuns: 200 },
    );
  });

  test('costs no more than a moment to look for, in the worst of texts', () => {
    const worst = ['x', '1', 'a.b-', '%41', '://:', 'a@', 'a=', '"', 'x@y.', 'bearer '];
    const startedAt = performance.now();
    for (const part of worst) scrubText(`${part.repeat(9_000 / part.length)}@=`);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe('what looks like a secret and is none stays', () => {
  test.each([
    '1763695273123',
    '1763695273123456789',
    '4111111111111112',
    'took 12:30:45, 3 of 4 at 10.0.0.1:5432',
    'Error: connect ECONNREFUSED 127.0.0.1:4318',
    '550e8400-e29b-41d4-a716-446655440000',
    'statement_timeout=3000 keyboard=de',
    'status: 401, code: unauthorized',
    '    at run (file:///srv/app/src/run.ts:12:34)',
  ])('%s', (text) => {
    expect(scrubText(text)).toBe(text);
  });

  test('a number is a card number only with its check digit', () => {
    expect([isCardLike('4111 1111 1111 1111'), isCardLike('4111111111111112')]).toEqual([
      true,
      false,
    ]);
    expect(scrubValue({ n: 4111111111111111, ms: 1763695273123 })).toEqual({
      n: '[scrubbed]',
      ms: 1763695273123,
    });
  });
});
