import type { ItemParameters } from '../two-parameter-logistic.ts';
import { probabilityCorrect } from '../two-parameter-logistic.ts';
import { quadrature } from './posterior-weights.ts';

/** What is believed of an item before its responses: log a and b are normal and independent. */
export interface ItemPrior {
  readonly logDiscrimination: { readonly mean: number; readonly standardDeviation: number };
  readonly difficulty: { readonly mean: number; readonly standardDeviation: number };
}

/** A symmetric 2 by 2 matrix over (log a, b). */
export interface Information {
  readonly aa: number;
  readonly ab: number;
  readonly bb: number;
}

/** Expected numbers of responses and of correct ones at each quadrature point. */
export interface ExpectedCounts {
  readonly responses: Float64Array;
  readonly correct: Float64Array;
}

const iterationsMax = 10;
const tolerance = 1e-6;
/** In log units and theta units: what a step may change at once. */
const stepMax = 0.5;
const logDiscriminationRange = { min: Math.log(0.1), max: Math.log(5) } as const;
const difficultyRange = { min: -6, max: 6 } as const;

/**
 * The maximisation step for one item: Fisher scoring over (log a, b) on expected counts and the prior.
 *
 * @see Bock & Aitkin (1981), Psychometrika 46(4), 443-459; Mislevy (1986), Psychometrika 51(2), 177-195 (priors).
 */
export function fitItem(
  counts: ExpectedCounts,
  start: ItemParameters,
  prior: ItemPrior,
): ItemParameters {
  let logA = Math.log(start.discrimination);
  let b = start.difficulty;
  for (let iteration = 0; iteration < iterationsMax; iteration += 1) {
    const { gradient, information } = scoring(counts, { logA, b }, prior);
    const [stepA, stepB] = solve(information, gradient).map(bounded) as [number, number];
    logA = clamp(logA + stepA, logDiscriminationRange);
    b = clamp(b + stepB, difficultyRange);
    if (Math.abs(stepA) + Math.abs(stepB) < tolerance) break;
  }
  return { discrimination: Math.exp(logA), difficulty: b };
}

/** The prior's part of the information. */
export function priorInformation({ logDiscrimination, difficulty }: ItemPrior): Information {
  return {
    aa: 1 / logDiscrimination.standardDeviation ** 2,
    ab: 0,
    bb: 1 / difficulty.standardDeviation ** 2,
  };
}

/** Slope of one response's log-likelihood at `theta` over (log a, b). */
export function slopeAt(theta: number, item: ItemParameters, score: number): [number, number] {
  const residual = score - probabilityCorrect(theta, item);
  return [
    item.discrimination * (theta - item.difficulty) * residual,
    -item.discrimination * residual,
  ];
}

/** Solves `information` x = `right`. */
export function solve({ aa, ab, bb }: Information, [a, b]: readonly [number, number]): number[] {
  const determinant = aa * bb - ab * ab;
  return [(bb * a - ab * b) / determinant, (aa * b - ab * a) / determinant];
}

function scoring(
  { responses, correct }: ExpectedCounts,
  { logA, b }: { readonly logA: number; readonly b: number },
  prior: ItemPrior,
): { gradient: [number, number]; information: Information } {
  const item = { discrimination: Math.exp(logA), difficulty: b };
  const own = priorInformation(prior);
  let [gradientA, gradientB] = [
    (prior.logDiscrimination.mean - logA) * own.aa,
    (prior.difficulty.mean - b) * own.bb,
  ];
  let { aa, ab, bb } = own;
  quadrature.forEach((theta, point) => {
    const [n, r] = [responses[point] as number, correct[point] as number];
    const probability = probabilityCorrect(theta, item);
    const residual = r - n * probability;
    const weight = n * probability * (1 - probability);
    const [da, db] = [item.discrimination * (theta - b), -item.discrimination];
    gradientA += da * residual;
    gradientB += db * residual;
    aa += da * da * weight;
    ab += da * db * weight;
    bb += db * db * weight;
  });
  return { gradient: [gradientA, gradientB], information: { aa, ab, bb } };
}

function bounded(step: number): number {
  return Math.min(stepMax, Math.max(-stepMax, step));
}

function clamp(
  value: number,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  return Math.min(max, Math.max(min, value));
}
