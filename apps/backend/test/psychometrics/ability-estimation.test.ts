import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateAbility } from '../../src/psychometrics/ability-estimation.ts';
import { anItem, aResponse } from './arbitraries.ts';

const responses = fc.array(aResponse, { maxLength: 40 });

describe('estimateAbility', () => {
  test('gives the prior where there is no response', () => {
    const estimate = estimateAbility([]);

    expect(estimate.theta).toBeCloseTo(0, 12);
    // The grid ends at four standard deviations: the tails beyond hold 6e-5 of the mass.
    expect(estimate.standardError).toBeCloseTo(1, 2);
  });

  test('stays within the grid, with a standard error that is positive and finite', () => {
    fc.assert(
      fc.property(responses, (given) => {
        const { theta, standardError } = estimateAbility(given);

        expect(Math.abs(theta)).toBeLessThanOrEqual(4);
        expect(standardError).toBeGreaterThan(0);
        expect(standardError).toBeLessThan(2);
      }),
    );
  });

  test('is symmetric: mirrored difficulties and opposite answers give the mirrored ability', () => {
    fc.assert(
      fc.property(responses, (given) => {
        const mirrored = given.map(({ discrimination, difficulty, correct }) => ({
          discrimination,
          difficulty: -difficulty,
          correct: !correct,
        }));

        const estimate = estimateAbility(given);
        const opposite = estimateAbility(mirrored);

        expect(opposite.theta).toBeCloseTo(-estimate.theta, 8);
        expect(opposite.standardError).toBeCloseTo(estimate.standardError, 8);
      }),
    );
  });

  test('rises when one more answer is right and falls when it is wrong', () => {
    fc.assert(
      fc.property(responses, anItem, (given, item) => {
        const { theta } = estimateAbility(given);

        expect(estimateAbility([...given, { ...item, correct: true }]).theta).toBeGreaterThan(
          theta,
        );
        expect(estimateAbility([...given, { ...item, correct: false }]).theta).toBeLessThan(theta);
      }),
    );
  });

  test('does not depend on the order of the responses', () => {
    fc.assert(
      fc.property(responses, (given) => {
        const forwards = estimateAbility(given);
        const backwards = estimateAbility([...given].reverse());

        expect(backwards.theta).toBeCloseTo(forwards.theta, 9);
        expect(backwards.standardError).toBeCloseTo(forwards.standardError, 9);
      }),
    );
  });

  test('is finite for an all-correct pattern, where maximum likelihood is not', () => {
    const allCorrect = Array.from({ length: 200 }, () => ({
      discrimination: 2,
      difficulty: 3,
      correct: true,
    }));

    const { theta, standardError } = estimateAbility(allCorrect);

    expect(theta).toBeGreaterThan(3.5);
    expect(theta).toBeLessThanOrEqual(4);
    expect(standardError).toBeGreaterThan(0);
  });

  test('differs from a grid fifty times finer by less than a fortieth of the target standard error', () => {
    fc.assert(
      fc.property(fc.array(aResponse, { minLength: 1, maxLength: 30 }), (given) => {
        const fine = fineEstimate(given);

        expect(Math.abs(estimateAbility(given).theta - fine)).toBeLessThan(0.01);
      }),
      { numRuns: 50 },
    );
  });

  test('refuses a prior without spread', () => {
    expect(() => estimateAbility([], { mean: 0, standardDeviation: 0 })).toThrow(RangeError);
  });
});

/** The posterior mean by plain summation of products, on 3,001 points: another road to the same number. */
function fineEstimate(
  given: readonly { discrimination: number; difficulty: number; correct: boolean }[],
) {
  let weighted = 0;
  let total = 0;
  for (let index = 0; index <= 3000; index += 1) {
    const theta = -4 + (8 * index) / 3000;
    let density = Math.exp(-(theta ** 2) / 2);
    for (const { discrimination, difficulty, correct } of given) {
      const probability = 1 / (1 + Math.exp(-discrimination * (theta - difficulty)));
      density *= correct ? probability : 1 - probability;
    }
    weighted += density * theta;
    total += density;
  }
  return weighted / total;
}
