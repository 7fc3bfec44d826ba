import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  estimateAbility,
  type ScoredResponse,
} from '../../src/psychometrics/ability-estimation.ts';
import {
  estimateAbilityByLikelihood,
  estimateAbilityByPosteriorMode,
} from '../../src/psychometrics/mode-estimation.ts';
import { logProbability, testInformation } from '../../src/psychometrics/two-parameter-logistic.ts';
import { aResponse } from './arbitraries.ts';

const responses = fc.array(aResponse, { minLength: 1, maxLength: 40 });

describe('estimateAbilityByPosteriorMode', () => {
  test('gives the prior where there is no response', () => {
    const prior = { mean: 0.5, standardDeviation: 2 };

    expect(estimateAbilityByPosteriorMode([], prior)).toEqual({ theta: 0.5, standardError: 2 });
  });

  test('stands where no neighbour is more probable', () => {
    fc.assert(
      fc.property(responses, (given) => {
        const { theta } = estimateAbilityByPosteriorMode(given);
        const at = (value: number) => -(value ** 2) / 2 + logLikelihood(value, given);

        for (const step of [-0.1, -0.001, 0.001, 0.1]) {
          expect(at(theta)).toBeGreaterThanOrEqual(at(theta + step));
        }
      }),
    );
  });

  test('comes to the posterior mean as the test gets longer', () => {
    const long = Array.from({ length: 400 }, (_, index) => ({
      discrimination: 1.2,
      difficulty: (index % 9) / 4 - 1,
      correct: index % 3 !== 0,
    }));

    const mode = estimateAbilityByPosteriorMode(long);
    const mean = estimateAbility(long);

    expect(Math.abs(mode.theta - mean.theta)).toBeLessThan(0.01);
    expect(mode.standardError / mean.standardError).toBeCloseTo(1, 1);
  });

  test('refuses a prior without spread', () => {
    expect(() => estimateAbilityByPosteriorMode([], { mean: 0, standardDeviation: 0 })).toThrow(
      RangeError,
    );
  });
});

describe('estimateAbilityByLikelihood', () => {
  test.for([
    ['no response', []],
    ['all correct', [response(true), response(true)]],
    ['all wrong', [response(false), response(false)]],
  ] as [string, ScoredResponse[]][])('has no finite value for %s', ([, given]) => {
    expect(estimateAbilityByLikelihood(given)).toBeUndefined();
  });

  test('stands where no neighbour is more likely, even for items that are very steep', () => {
    const steep = fc.array(
      fc.tuple(aResponse, fc.double({ min: 1, max: 8, noNaN: true })).map(([each, factor]) => ({
        ...each,
        discrimination: each.discrimination * factor,
      })),
      { minLength: 2, maxLength: 30 },
    );
    fc.assert(
      fc.property(steep, (given) => {
        const estimate = estimateAbilityByLikelihood(given);
        fc.pre(estimate !== undefined);
        const best = logLikelihood(estimate.theta, given);

        for (const step of [-0.1, -0.001, 0.001, 0.1]) {
          expect(best).toBeGreaterThanOrEqual(logLikelihood(estimate.theta + step, given) - 1e-9);
        }
      }),
    );
  });

  test('equals log(p / (1 - p)) for items of one kind, with the information of the test behind its error', () => {
    const given = [true, true, true, false].map(response);

    const estimate = estimateAbilityByLikelihood(given);

    expect(estimate?.theta).toBeCloseTo(Math.log(3), 8);
    expect(estimate?.standardError).toBeCloseTo(
      1 / Math.sqrt(testInformation(Math.log(3), given)),
      8,
    );
  });
});

function response(correct: boolean): ScoredResponse {
  return { discrimination: 1, difficulty: 0, correct };
}

function logLikelihood(theta: number, given: readonly ScoredResponse[]): number {
  return given.reduce((sum, each) => sum + logProbability(theta, each, each.correct), 0);
}
