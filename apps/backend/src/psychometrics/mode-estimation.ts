import {
  type AbilityEstimate,
  type AbilityPrior,
  type ScoredResponse,
  standardNormalPrior,
} from './ability-estimation.ts';
import { probabilityCorrect } from './two-parameter-logistic.ts';

/** The widest step that is taken at once, in theta units: far from the maximum the curvature misleads. */
const stepMax = 1;
const iterationsMax = 100;
const tolerance = 1e-8;

/**
 * Estimates ability by maximum a posteriori (MAP): the mode of the posterior, with the inverse root of its
 * curvature as standard error. Finite for every pattern; without responses it gives the prior.
 *
 * @throws {RangeError} If the prior's standard deviation is not positive.
 * @see Samejima (1969), Psychometrika Monograph Supplement 17, ch. 3 (Bayes modal estimation).
 */
export function estimateAbilityByPosteriorMode(
  responses: readonly ScoredResponse[],
  prior: AbilityPrior = standardNormalPrior,
): AbilityEstimate {
  if (!(prior.standardDeviation > 0)) {
    throw new RangeError(
      `prior standard deviation must be positive, got ${prior.standardDeviation}`,
    );
  }
  const precision = 1 / prior.standardDeviation ** 2;
  return climb(responses, { mean: prior.mean, precision });
}

/**
 * Estimates ability by maximum likelihood, with the inverse root of the test information as standard error.
 *
 * Undefined where the likelihood has no finite maximum: without responses, and where all of them are
 * correct or all are wrong.
 *
 * @see Birnbaum (1968), in Lord & Novick, Statistical Theories of Mental Test Scores, ch. 17.
 */
export function estimateAbilityByLikelihood(
  responses: readonly ScoredResponse[],
): AbilityEstimate | undefined {
  const correct = responses.filter((response) => response.correct).length;
  if (correct === 0 || correct === responses.length) return undefined;
  return climb(responses, { mean: 0, precision: 0 });
}

/**
 * Newton's method within a bracket that each step narrows: the logarithm of a 2PL likelihood is concave in
 * theta, so that its slope tells on which side the one maximum lies, and steep items cannot make it swing.
 */
function climb(
  responses: readonly ScoredResponse[],
  prior: { readonly mean: number; readonly precision: number },
): AbilityEstimate {
  let theta = prior.mean;
  let [below, above] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let iteration = 0; iteration < iterationsMax; iteration += 1) {
    const { slope, information } = derivatives(theta, responses, prior);
    if (slope > 0) below = theta;
    else above = theta;
    const step = Math.min(stepMax, Math.max(-stepMax, slope / information));
    const wanted = theta + step;
    const next = wanted > below && wanted < above ? wanted : (below + above) / 2;
    const moved = Math.abs(next - theta);
    theta = Number.isFinite(next) ? next : wanted;
    if (moved < tolerance) break;
  }
  const { information } = derivatives(theta, responses, prior);
  return { theta, standardError: 1 / Math.sqrt(information) };
}

/** First derivative of the log density and the negative of the second. */
function derivatives(
  theta: number,
  responses: readonly ScoredResponse[],
  { mean, precision }: { readonly mean: number; readonly precision: number },
): { slope: number; information: number } {
  let slope = -precision * (theta - mean);
  let information = precision;
  for (const response of responses) {
    const probability = probabilityCorrect(theta, response);
    slope += response.discrimination * ((response.correct ? 1 : 0) - probability);
    information += response.discrimination ** 2 * probability * (1 - probability);
  }
  return { slope, information };
}
