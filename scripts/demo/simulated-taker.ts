import { createHash } from 'node:crypto';
import type { AnswerKey } from './keys-repository.ts';

/** A test taker whose ability theta is known, in standard deviations of the population. */
export interface SimulatedTaker {
  readonly theta: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/**
 * Chooses an option as a person of this ability would, by the two-parameter-logistic model over the item's hidden
 * true parameters: P = 1 / (1 + exp(-a (theta - b))). A wrong answer is one of the other options, evenly.
 */
export function chooseOption(taker: SimulatedTaker, questionId: string, key: AnswerKey): number {
  const { discrimination, difficulty } = trueParameters(questionId, key.difficulty);
  const probabilityCorrect = 1 / (1 + Math.exp(-discrimination * (taker.theta - difficulty)));
  if (taker.random() < probabilityCorrect) return key.keyIndex;
  const others = key.optionCount - 1;
  return (key.keyIndex + 1 + Math.floor(taker.random() * others)) % key.optionCount;
}

/**
 * What an item is really like, which the scorer does not know: a ~ lognormal(0, 0.3), and b normal around the stored
 * value with standard deviation 0.4. Derived from the id, so that every taker meets the same item.
 */
export function trueParameters(
  questionId: string,
  storedDifficulty: number,
): { discrimination: number; difficulty: number } {
  const digest = createHash('sha256').update(questionId).digest();
  const uniform = (offset: number): number => (digest.readUInt32BE(offset) + 0.5) / 2 ** 32;
  return {
    discrimination: Math.exp(0.3 * normal(uniform(0), uniform(4))),
    difficulty: storedDifficulty + 0.4 * normal(uniform(8), uniform(12)),
  };
}

/** Box–Muller transform: a standard normal value from two uniform ones in (0, 1). */
function normal(u: number, v: number): number {
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
}
