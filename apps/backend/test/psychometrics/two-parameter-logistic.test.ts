import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  itemInformation,
  logProbability,
  probabilityCorrect,
  testInformation,
} from '../../src/psychometrics/two-parameter-logistic.ts';
import { anItem, aTheta } from './arbitraries.ts';

describe('probabilityCorrect', () => {
  test('is one half where ability equals difficulty', () => {
    fc.assert(
      fc.property(anItem, (item) => {
        expect(probabilityCorrect(item.difficulty, item)).toBeCloseTo(0.5, 12);
      }),
    );
  });

  test('is symmetric about the difficulty', () => {
    fc.assert(
      fc.property(anItem, fc.double({ min: 0, max: 4, noNaN: true }), (item, distance) => {
        const above = probabilityCorrect(item.difficulty + distance, item);
        const below = probabilityCorrect(item.difficulty - distance, item);

        expect(above + below).toBeCloseTo(1, 12);
      }),
    );
  });

  test('rises with ability and falls with difficulty', () => {
    fc.assert(
      fc.property(
        anItem,
        aTheta,
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        (item, theta, d) => {
          const harder = { ...item, difficulty: item.difficulty + d };

          expect(probabilityCorrect(theta + d, item)).toBeGreaterThan(
            probabilityCorrect(theta, item),
          );
          expect(probabilityCorrect(theta, harder)).toBeLessThan(probabilityCorrect(theta, item));
        },
      ),
    );
  });

  test('has the value of the published formula', () => {
    // exp(-1.5 * 0.5) = 0.472366552741015, so P = 1 / 1.472366552741015
    expect(probabilityCorrect(0.5, { discrimination: 1.5, difficulty: 0 })).toBeCloseTo(
      0.679178699175393,
      14,
    );
  });
});

describe('logProbability', () => {
  test('agrees with the logarithm of the probability', () => {
    fc.assert(
      fc.property(anItem, aTheta, (item, theta) => {
        const probability = probabilityCorrect(theta, item);

        expect(logProbability(theta, item, true)).toBeCloseTo(Math.log(probability), 8);
        expect(logProbability(theta, item, false)).toBeCloseTo(Math.log(1 - probability), 8);
      }),
    );
  });

  test('stays finite where the probability rounds to 0', () => {
    const extreme = { discrimination: 100, difficulty: 40 };

    expect(logProbability(-4, extreme, true)).toBe(-4400);
    expect(logProbability(-4, extreme, false)).toBeCloseTo(0, 12);
  });
});

describe('itemInformation', () => {
  test('lies between 0 and a squared over 4, which it reaches at the difficulty', () => {
    fc.assert(
      fc.property(anItem, aTheta, (item, theta) => {
        const most = item.discrimination ** 2 / 4;

        expect(itemInformation(theta, item)).toBeGreaterThan(0);
        expect(itemInformation(theta, item)).toBeLessThanOrEqual(most + 1e-12);
        expect(itemInformation(item.difficulty, item)).toBeCloseTo(most, 12);
      }),
    );
  });

  test('adds up over the items of a test', () => {
    fc.assert(
      fc.property(fc.array(anItem, { maxLength: 20 }), anItem, aTheta, (items, item, theta) => {
        expect(testInformation(theta, [...items, item])).toBeCloseTo(
          testInformation(theta, items) + itemInformation(theta, item),
          10,
        );
      }),
    );
  });
});
