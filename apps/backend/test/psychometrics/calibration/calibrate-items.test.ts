import { describe, expect, test } from 'vitest';
import {
  calibrateItems,
  itemPriorDefault,
} from '../../../src/psychometrics/calibration/calibrate-items.ts';
import { toResponseMatrix } from '../../../src/psychometrics/calibration/response-matrix.ts';
import { createSeededRandom } from '../../../src/psychometrics/seeded-random.ts';
import type { ItemParameters } from '../../../src/psychometrics/two-parameter-logistic.ts';
import { drawItems, simulateTakers } from './simulated-responses.ts';

describe('calibrateItems', () => {
  const items = drawItems(60, createSeededRandom(11));
  const responses = simulateTakers(items, { takers: 3_000, itemsEach: 30, seed: 12 });
  const calibration = calibrateItems(toResponseMatrix(responses));
  const pairs = calibration.items.map((estimate) => {
    const truth = items.find(({ id }) => id === estimate.itemId);
    if (truth === undefined) throw new Error(`${estimate.itemId} is none of the items`);
    return { estimate, truth };
  });

  test('recovers the parameters that the responses came from, without bias', () => {
    const errorsOfB = pairs.map(({ estimate, truth }) => estimate.difficulty - truth.difficulty);
    const errorsOfA = pairs.map(({ estimate, truth }) =>
      Math.log(estimate.discrimination / truth.discrimination),
    );

    expect(calibration.converged).toBe(true);
    expect(Math.abs(mean(errorsOfB))).toBeLessThan(0.06);
    expect(Math.abs(mean(errorsOfA))).toBeLessThan(0.06);
    // 1,500 responses an item: theory gives about 0.07 for b of an average item and 0.08 for log a.
    expect(rootMeanSquare(errorsOfB)).toBeLessThan(0.12);
    expect(rootMeanSquare(errorsOfA)).toBeLessThan(0.12);
  });

  test('gives standard errors as large as the errors are', () => {
    const ofB = pairs.map(
      ({ estimate, truth }) => (estimate.difficulty - truth.difficulty) / estimate.difficultyError,
    );
    const ofA = pairs.map(
      ({ estimate, truth }) =>
        (estimate.discrimination - truth.discrimination) / estimate.discriminationError,
    );

    for (const ratios of [ofB, ofA]) {
      // 60 items: the root mean square of standard normal ratios lies in 0.75..1.25 with probability 0.99.
      expect(rootMeanSquare(ratios)).toBeGreaterThan(0.75);
      expect(rootMeanSquare(ratios)).toBeLessThan(1.25);
    }
  });

  test('counts the responses and the share of correct ones of each item', () => {
    const [first] = calibration.items;
    const answers = responses.flat().filter(({ itemId }) => itemId === first?.itemId);

    expect(first?.responses).toBe(answers.length);
    expect(first?.proportionCorrect).toBeCloseTo(
      answers.filter(({ correct }) => correct).length / answers.length,
      12,
    );
  });

  test('gives the same whatever the order of the takers', () => {
    const backwards = calibrateItems(toResponseMatrix([...responses].reverse()));

    backwards.items.forEach((item, index) => {
      expect(item.itemId).toBe(calibration.items[index]?.itemId);
      expect(item.difficulty).toBeCloseTo(calibration.items[index]?.difficulty ?? Number.NaN, 6);
    });
  });

  test('stops at a maximum of the posterior, by a likelihood that is computed another way', () => {
    const few = drawItems(4, createSeededRandom(3));
    const given = simulateTakers(few, { takers: 300, itemsEach: 4, seed: 4 });
    const { items: found } = calibrateItems(toResponseMatrix(given), { tolerance: 1e-6 });
    const at = (change: (item: ItemParameters, index: number) => ItemParameters) =>
      logPosterior(given, new Map(found.map((item, index) => [item.itemId, change(item, index)])));
    const best = at((item) => item);

    for (const index of found.keys()) {
      for (const step of [-0.05, 0.05]) {
        const moveA = (item: ItemParameters, other: number) =>
          other === index
            ? { ...item, discrimination: item.discrimination * Math.exp(step) }
            : item;
        const moveB = (item: ItemParameters, other: number) =>
          other === index ? { ...item, difficulty: item.difficulty + step } : item;
        expect(best).toBeGreaterThan(at(moveA));
        expect(best).toBeGreaterThan(at(moveB));
      }
    }
  });

  test('stays finite for items that everybody or nobody solves', () => {
    const takers = Array.from({ length: 50 }, () => [
      { itemId: 'easy', correct: true },
      { itemId: 'hard', correct: false },
    ]);

    const { items: found } = calibrateItems(toResponseMatrix(takers));

    expect(found[0]?.difficulty).toBeLessThan(-1);
    expect(found[1]?.difficulty).toBeGreaterThan(1);
    for (const item of found) expect(Number.isFinite(item.difficultyError)).toBe(true);
  });

  test('gives no items without responses', () => {
    expect(calibrateItems(toResponseMatrix([[]]))).toMatchObject({ items: [], converged: true });
  });
});

/** Marginal likelihood by plain products on 401 points, and the priors. */
function logPosterior(
  takers: ReturnType<typeof simulateTakers>,
  items: ReadonlyMap<string, ItemParameters>,
): number {
  const thetas = Array.from({ length: 401 }, (_, index) => -5 + index / 40);
  const densities = thetas.map((theta) => Math.exp(-(theta ** 2) / 2));
  const total = densities.reduce((sum, density) => sum + density, 0);
  let value = 0;
  for (const responses of takers) {
    const marginal = thetas.reduce((sum, theta, point) => {
      const likelihood = responses.reduce((product, { itemId, correct }) => {
        const { discrimination, difficulty } = items.get(itemId) as ItemParameters;
        const right = 1 / (1 + Math.exp(-discrimination * (theta - difficulty)));
        return product * (correct ? right : 1 - right);
      }, 1);
      return sum + (likelihood * (densities[point] as number)) / total;
    }, 0);
    value += Math.log(marginal);
  }
  const { logDiscrimination, difficulty } = itemPriorDefault;
  for (const item of items.values()) {
    value -= (Math.log(item.discrimination) / logDiscrimination.standardDeviation) ** 2 / 2;
    value -= (item.difficulty / difficulty.standardDeviation) ** 2 / 2;
  }
  return value;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rootMeanSquare(values: readonly number[]): number {
  return Math.sqrt(mean(values.map((value) => value ** 2)));
}
