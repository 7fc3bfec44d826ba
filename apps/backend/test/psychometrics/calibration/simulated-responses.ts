import type { TakerResponse } from '../../../src/psychometrics/calibration/response-matrix.ts';
import {
  createSeededRandom,
  type Random,
  shuffle,
} from '../../../src/psychometrics/seeded-random.ts';
import {
  type ItemParameters,
  probabilityCorrect,
} from '../../../src/psychometrics/two-parameter-logistic.ts';

export interface TrueItem extends ItemParameters {
  readonly id: string;
}

/** Items with a ~ lognormal(0, 0.3) and b ~ N(0, 1). */
export function drawItems(count: number, random: Random): TrueItem[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `item-${String(index).padStart(4, '0')}`,
    discrimination: Math.exp(0.3 * normal(random)),
    difficulty: normal(random),
  }));
}

/** Responses of takers with ability N(mean, sd), each to `itemsEach` items drawn at random. */
export function simulateTakers(
  items: readonly TrueItem[],
  options: {
    readonly takers: number;
    readonly itemsEach: number;
    readonly seed: number;
    readonly mean?: number;
    readonly standardDeviation?: number;
  },
): TakerResponse[][] {
  const { takers, itemsEach, seed, mean = 0, standardDeviation = 1 } = options;
  const random = createSeededRandom(seed);
  return Array.from({ length: takers }, () => {
    const theta = mean + standardDeviation * normal(random);
    return shuffle(items, random)
      .slice(0, itemsEach)
      .map((item) => ({ itemId: item.id, correct: random() < probabilityCorrect(theta, item) }));
  });
}

/** Standard normal by Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
