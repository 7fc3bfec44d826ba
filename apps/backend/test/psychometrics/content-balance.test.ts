import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dealShares, furthestBelowShare } from '../../src/psychometrics/content-balance.ts';

describe('furthestBelowShare', () => {
  test('names all that tie', () => {
    const shares = [
      { name: 'a', weight: 1, count: 1 },
      { name: 'b', weight: 1, count: 0 },
      { name: 'c', weight: 1, count: 0 },
    ];

    expect(furthestBelowShare(shares)).toEqual(['b', 'c']);
  });

  test('lets what weighs more go before what has as many', () => {
    const shares = [
      { name: 'a', weight: 1, count: 1 },
      { name: 'b', weight: 3, count: 1 },
    ];

    expect(furthestBelowShare(shares)).toEqual(['b']);
  });

  test('names nothing where there is nothing', () => {
    expect(furthestBelowShare([])).toEqual([]);
  });
});

describe('dealShares', () => {
  const someWeights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 });

  test('keeps every count within two of its exact share, at any length', () => {
    fc.assert(
      fc.property(someWeights, fc.integer({ min: 0, max: 100 }), (given, length) => {
        const names = given.map((_, index) => `${index}`);
        const weights = Object.fromEntries(given.map((weight, index) => [`${index}`, weight]));
        const sum = given.reduce((total, weight) => total + weight, 0);

        const dealt = dealShares(names, length, weights);

        expect(dealt).toHaveLength(length);
        for (const [index, weight] of given.entries()) {
          const count = dealt.filter((name) => name === `${index}`).length;
          expect(Math.abs(count - (length * weight) / sum)).toBeLessThan(2);
        }
      }),
    );
  });

  test('deals nothing to nobody', () => {
    expect(dealShares([], 5, {})).toEqual([]);
  });
});
