import type { ItemParameters } from '../two-parameter-logistic.ts';
import {
  type ExpectedCounts,
  fitItem,
  type Information,
  type ItemPrior,
  priorInformation,
  slopeAt,
  solve,
} from './fit-item.ts';
import { eachPosterior, quadrature } from './posterior-weights.ts';
import type { ResponseMatrix } from './response-matrix.ts';

export interface CalibratedItem extends ItemParameters {
  readonly itemId: string;
  /** Standard error of a, in logits per theta unit. */
  readonly discriminationError: number;
  /** Standard error of b, in theta units. */
  readonly difficultyError: number;
  readonly responses: number;
  /** 0 to 1. */
  readonly proportionCorrect: number;
}

export interface ItemCalibration {
  readonly items: readonly CalibratedItem[];
  /** Marginal log-likelihood at the end, without the priors. */
  readonly logLikelihood: number;
  readonly cycles: number;
  /** False where the last cycle still moved a parameter by more than the tolerance. */
  readonly converged: boolean;
}

export interface CalibrationOptions {
  /** Where to begin, by item id; others begin at a = 1, b = 0. */
  readonly start?: ReadonlyMap<string, ItemParameters>;
  readonly prior?: ItemPrior;
  /** @default 300 */
  readonly cyclesMax?: number;
  /** Largest change of log a or b in the last cycle. @default 0.001 */
  readonly tolerance?: number;
}

/** Wide in b, so that responses decide; tighter in a, which few responses tell little about. */
export const itemPriorDefault: ItemPrior = {
  logDiscrimination: { mean: 0, standardDeviation: 0.5 },
  difficulty: { mean: 0, standardDeviation: 2 },
};

/**
 * Estimates the parameters of 2PL items from responses by marginal maximum likelihood with an EM algorithm and
 * priors on log a and b. The scale is that of the takers: their ability is N(0, 1). Takers may have answered
 * different items; under adaptive choice that is no bias as long as all of their responses are given.
 *
 * Standard errors come from the cross-products of the takers' scores for each item, with the prior's
 * information; correlations between items are left out. Time and memory are linear in the responses.
 *
 * @see Bock & Aitkin (1981), Psychometrika 46(4), 443-459; Mislevy & Wu (1996), ETS RR-96-30 (adaptive data).
 */
export function calibrateItems(
  matrix: ResponseMatrix,
  options: CalibrationOptions = {},
): ItemCalibration {
  const { start, prior = itemPriorDefault, cyclesMax = 300, tolerance = 0.001 } = options;
  let items: ItemParameters[] = matrix.itemIds.map(
    (id) => start?.get(id) ?? { discrimination: 1, difficulty: 0 },
  );
  let [cycles, converged] = [0, matrix.itemIds.length === 0];
  while (!converged && cycles < cyclesMax) {
    const counts = expectCounts(matrix, items);
    const next = items.map((item, index) => fitItem(counts[index] as ExpectedCounts, item, prior));
    converged = next.every(
      (item, index) => moved(item, items[index] as ItemParameters) < tolerance,
    );
    items = next;
    cycles += 1;
  }
  const { informations, logLikelihood } = crossProducts(matrix, items, prior);
  return {
    items: matrix.itemIds.map((itemId, index) => ({
      itemId,
      ...(items[index] as ItemParameters),
      ...standardErrors(items[index] as ItemParameters, informations[index] as Information),
      responses: matrix.responseCounts[index] as number,
      proportionCorrect:
        (matrix.correctCounts[index] as number) / (matrix.responseCounts[index] as number),
    })),
    logLikelihood,
    cycles,
    converged,
  };
}

/** The expectation step. */
function expectCounts(matrix: ResponseMatrix, items: readonly ItemParameters[]): ExpectedCounts[] {
  const counts = items.map(() => ({
    responses: new Float64Array(quadrature.length),
    correct: new Float64Array(quadrature.length),
  }));
  eachPosterior(matrix, items, (row, posterior) => {
    row.items.forEach((item, answer) => {
      const { responses, correct } = counts[item] as ExpectedCounts;
      add(responses, posterior);
      if (row.scores[answer] === 1) add(correct, posterior);
    });
  });
  return counts;
}

function add(total: Float64Array, values: Float64Array): void {
  for (let point = 0; point < total.length; point += 1) {
    total[point] = (total[point] as number) + (values[point] as number);
  }
}

function moved(next: ItemParameters, before: ItemParameters): number {
  return Math.max(
    Math.abs(Math.log(next.discrimination / before.discrimination)),
    Math.abs(next.difficulty - before.difficulty),
  );
}

function crossProducts(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  prior: ItemPrior,
): { informations: Information[]; logLikelihood: number } {
  const informations = items.map(() => ({ ...priorInformation(prior) }));
  const logLikelihood = eachPosterior(matrix, items, (row, posterior) => {
    row.items.forEach((item, answer) => {
      const score = row.scores[answer] as number;
      let [slopeA, slopeB] = [0, 0];
      quadrature.forEach((theta, point) => {
        const [a, b] = slopeAt(theta, items[item] as ItemParameters, score);
        slopeA += (posterior[point] as number) * a;
        slopeB += (posterior[point] as number) * b;
      });
      const information = informations[item] as { aa: number; ab: number; bb: number };
      information.aa += slopeA * slopeA;
      information.ab += slopeA * slopeB;
      information.bb += slopeB * slopeB;
    });
  });
  return { informations, logLikelihood };
}

function standardErrors(item: ItemParameters, information: Information) {
  const [varianceLogA = 0] = solve(information, [1, 0]);
  const [, varianceB = 0] = solve(information, [0, 1]);
  return {
    // From log a to a by the delta method.
    discriminationError: item.discrimination * Math.sqrt(varianceLogA),
    difficultyError: Math.sqrt(varianceB),
  };
}
