import { type ItemParameters, logProbability } from './two-parameter-logistic.ts';

/** A response with the item parameters that it is scored with. */
export interface ScoredResponse extends ItemParameters {
  readonly correct: boolean;
}

/** Theta before any answer, in standard deviations of the reference population. */
export interface AbilityPrior {
  readonly mean: number;
  readonly standardDeviation: number;
}

export interface AbilityEstimate {
  readonly theta: number;
  /** Posterior standard deviation, in theta units. */
  readonly standardError: number;
}

export const standardNormalPrior: AbilityPrior = { mean: 0, standardDeviation: 1 };

const gridPoints = 61;
const gridLimit = 4;
const grid = Array.from(
  { length: gridPoints },
  (_, index) => -gridLimit + (2 * gridLimit * index) / (gridPoints - 1),
);

/**
 * Estimates ability by expected a posteriori (EAP): the mean and standard deviation of the posterior,
 * on 61 equally spaced points over theta in [-4, 4].
 *
 * Unlike maximum likelihood it is finite for all-correct and all-wrong patterns; without responses it
 * gives the prior, truncated to the grid.
 *
 * @throws {RangeError} If the prior's standard deviation is not positive.
 * @see Bock & Mislevy (1982), Applied Psychological Measurement 6(4), 431-444.
 */
export function estimateAbility(
  responses: readonly ScoredResponse[],
  prior: AbilityPrior = standardNormalPrior,
): AbilityEstimate {
  if (!(prior.standardDeviation > 0)) {
    throw new RangeError(
      `prior standard deviation must be positive, got ${prior.standardDeviation}`,
    );
  }

  const logPosterior = grid.map((theta) => logPosteriorAt(theta, responses, prior));
  const peak = Math.max(...logPosterior);
  // Densities are relative to the peak: a long test would underflow otherwise.
  const density = logPosterior.map((value) => Math.exp(value - peak));

  const total = sum(density);
  const theta = sum(density.map((weight, index) => weight * at(index))) / total;
  const variance = sum(density.map((weight, index) => weight * (at(index) - theta) ** 2)) / total;
  return { theta, standardError: Math.sqrt(variance) };
}

function logPosteriorAt(
  theta: number,
  responses: readonly ScoredResponse[],
  prior: AbilityPrior,
): number {
  let value = -0.5 * ((theta - prior.mean) / prior.standardDeviation) ** 2;
  for (const response of responses) value += logProbability(theta, response, response.correct);
  return value;
}

function at(index: number): number {
  return grid[index] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
