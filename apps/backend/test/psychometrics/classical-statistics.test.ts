import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cronbachAlpha,
  itemStatistics,
  spearmanBrown,
} from '../../src/psychometrics/classical-statistics.ts';

/** Five takers, four items; worked out by hand below. */
const rows = [
  [1, 1, 1, 1],
  [1, 1, 1, 0],
  [1, 1, 0, 0],
  [1, 0, 0, 0],
  [0, 0, 0, 1],
];

describe('itemStatistics', () => {
  test('gives the share of right answers and the correlation with the sum of the other items', () => {
    const [first, second, , last] = itemStatistics(rows);

    expect(first?.proportionCorrect).toBe(0.8);
    // Scores 1 1 1 1 0 against rests 3 2 1 0 1: covariance 0.4, variances 0.8 and 5.2 (sums of products).
    expect(first?.itemRestCorrelation).toBeCloseTo(0.4 / Math.sqrt(0.8 * 5.2), 12);
    // Scores 1 1 1 0 0 against rests 3 2 1 1 1.
    expect(second?.itemRestCorrelation).toBeCloseTo(1.2 / Math.sqrt(1.2 * 3.2), 12);
    // Scores 1 0 0 0 1 against rests 3 3 2 1 0.
    expect(last?.itemRestCorrelation).toBeCloseTo(-0.6 / Math.sqrt(1.2 * 6.8), 12);
  });

  test('has no correlation for an item that everybody solves', () => {
    expect(
      itemStatistics([
        [1, 0],
        [1, 1],
      ])[0],
    ).toEqual({
      proportionCorrect: 1,
      itemRestCorrelation: undefined,
    });
  });

  test('refuses rows of different length', () => {
    expect(() => itemStatistics([[1, 0], [1]])).toThrow('expected rows of 2 scores, got one of 1');
  });
});

describe('cronbachAlpha', () => {
  test('follows its formula', () => {
    // Item variances 0.2, 0.3, 0.3, 0.3; sums 4 3 2 1 1 with variance 1.7.
    expect(cronbachAlpha(rows)).toBeCloseTo((4 / 3) * (1 - 1.1 / 1.7), 12);
  });

  test('is 1 for items that all say the same, and never more', () => {
    expect(
      cronbachAlpha([
        [1, 1, 1],
        [0, 0, 0],
        [1, 1, 1],
      ]),
    ).toBeCloseTo(1, 12);
    const score = fc.constantFrom(0, 1);
    const table = fc.array(fc.tuple(score, score, score), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(table, (given) => {
        expect(cronbachAlpha(given) ?? 0).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test.for([
    ['one item', [[1], [0]]],
    ['one taker', [[1, 0]]],
    [
      'equal sums',
      [
        [1, 0],
        [0, 1],
      ],
    ],
  ] as [string, number[][]][])('is undefined for %s', ([, given]) => {
    expect(cronbachAlpha(given)).toBeUndefined();
  });
});

test('spearmanBrown doubles a test of reliability 0.6 to one of 0.75', () => {
  expect(spearmanBrown(0.6, 2)).toBeCloseTo(0.75, 12);
});
