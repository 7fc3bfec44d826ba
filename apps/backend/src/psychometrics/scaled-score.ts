import type { AbilityEstimate } from './ability-estimation.ts';

const mean = 100;
const standardDeviation = 15;
/** Two-sided 95 % point of the standard normal distribution. */
const normalQuantile95 = 1.959963984540054;

export interface ScaledScore {
  /** 100 + 15 theta. */
  readonly scaledScore: number;
  /** 95 % interval: the score plus and minus 1.96 standard errors, on the same scale. */
  readonly intervalLower: number;
  readonly intervalUpper: number;
  /** Share of the reference population below, in percent, 0 to 100. */
  readonly percentile: number;
}

/**
 * Puts an ability estimate on the reporting scale, whose mean is 100 and standard deviation 15
 * in the reference population (theta ~ N(0, 1)).
 */
export function toScaledScore({ theta, standardError }: AbilityEstimate): ScaledScore {
  const scaledScore = mean + standardDeviation * theta;
  const margin = normalQuantile95 * standardDeviation * standardError;
  return {
    scaledScore,
    intervalLower: scaledScore - margin,
    intervalUpper: scaledScore + margin,
    percentile: 100 * normalCumulative(theta),
  };
}

/**
 * Gives the standard normal distribution function, with an absolute error below 7.5e-8.
 *
 * @see Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.2.17.
 */
export function normalCumulative(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const polynomial =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upperTail = (Math.exp((-value * value) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return value < 0 ? upperTail : 1 - upperTail;
}
