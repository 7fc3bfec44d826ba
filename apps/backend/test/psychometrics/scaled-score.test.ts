import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalCumulative, toScaledScore } from '../../src/psychometrics/scaled-score.ts';
import { aTheta } from './arbitraries.ts';

const aStandardError = fc.double({ min: 0.05, max: 1, noNaN: true });

describe('toScaledScore', () => {
  test('puts the mean of the population at 100 and a standard deviation at 15', () => {
    const average = toScaledScore({ theta: 0, standardError: 0.4 });
    const above = toScaledScore({ theta: 1, standardError: 0.4 });

    expect(average.scaledScore).toBe(100);
    expect(average.percentile).toBeCloseTo(50, 5);
    expect(average.intervalLower).toBeCloseTo(88.2402, 4);
    expect(average.intervalUpper).toBeCloseTo(111.7598, 4);
    expect(above.scaledScore).toBe(115);
    // pnorm(1), R 4.4
    expect(above.percentile).toBeCloseTo(84.1344746, 4);
  });

  test('rises with ability, with its interval around it and its percentile within 0 and 100', () => {
    fc.assert(
      fc.property(aTheta, aStandardError, (theta, standardError) => {
        const score = toScaledScore({ theta, standardError });
        const higher = toScaledScore({ theta: theta + 0.1, standardError });

        expect(higher.scaledScore).toBeGreaterThan(score.scaledScore);
        expect(higher.percentile).toBeGreaterThan(score.percentile);
        expect(score.intervalLower).toBeLessThan(score.scaledScore);
        expect(score.intervalUpper).toBeGreaterThan(score.scaledScore);
        expect(score.percentile).toBeGreaterThan(0);
        expect(score.percentile).toBeLessThan(100);
      }),
    );
  });
});

describe('normalCumulative', () => {
  test('is symmetric about 0', () => {
    fc.assert(
      fc.property(aTheta, (value) => {
        expect(normalCumulative(value) + normalCumulative(-value)).toBeCloseTo(1, 6);
      }),
    );
  });

  // pnorm of R 4.4; the tolerance is the error bound of the approximation.
  test.for([
    [-3, 0.001349898],
    [-1.96, 0.0249979],
    [0.5, 0.6914625],
    [2, 0.9772499],
  ] as const)('gives the tabled value at %d', ([value, expected]) => {
    expect(Math.abs(normalCumulative(value) - expected)).toBeLessThan(1e-7);
  });
});
