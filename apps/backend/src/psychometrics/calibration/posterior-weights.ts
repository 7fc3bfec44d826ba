import { type ItemParameters, logProbability } from '../two-parameter-logistic.ts';
import type { ResponseMatrix, TakerRow } from './response-matrix.ts';

const points = 41;
const limit = 4.5;

/** Ability at the quadrature points: equally spaced over [-4.5, 4.5]. */
export const quadrature: readonly number[] = Array.from(
  { length: points },
  (_, index) => -limit + (2 * limit * index) / (points - 1),
);

/** Logarithm of the standard normal density at the points, normalised to a sum of 1. */
const logWeights = normalise(quadrature.map((theta) => -0.5 * theta ** 2));

/** Calls `visit` with the posterior of each taker's ability over the points, and gives the log-likelihood of all. */
export function eachPosterior(
  matrix: ResponseMatrix,
  items: readonly ItemParameters[],
  visit: (row: TakerRow, posterior: Float64Array) => void,
): number {
  const wrong = items.map((item) => logTable(item, false));
  const right = items.map((item) => logTable(item, true));
  const posterior = new Float64Array(points);
  let logLikelihood = 0;

  for (const row of matrix.takers) {
    posterior.set(logWeights);
    for (let answer = 0; answer < row.items.length; answer += 1) {
      const table = (row.scores[answer] === 1 ? right : wrong)[row.items[answer] as number];
      for (let point = 0; point < points; point += 1) {
        posterior[point] =
          (posterior[point] as number) + ((table as Float64Array)[point] as number);
      }
    }
    logLikelihood += exponentiate(posterior);
    visit(row, posterior);
  }
  return logLikelihood;
}

function logTable(item: ItemParameters, correct: boolean): Float64Array {
  return Float64Array.from(quadrature, (theta) => logProbability(theta, item, correct));
}

/** Turns logarithms to shares of 1, in place; gives the logarithm of their sum. */
function exponentiate(values: Float64Array): number {
  let peak = Number.NEGATIVE_INFINITY;
  for (const value of values) peak = Math.max(peak, value);
  let total = 0;
  for (let point = 0; point < points; point += 1) {
    values[point] = Math.exp((values[point] as number) - peak);
    total += values[point] as number;
  }
  for (let point = 0; point < points; point += 1) {
    values[point] = (values[point] as number) / total;
  }
  return peak + Math.log(total);
}

function normalise(logDensity: readonly number[]): Float64Array {
  const total = logDensity.reduce((sum, value) => sum + Math.exp(value), 0);
  return Float64Array.from(logDensity, (value) => value - Math.log(total));
}
