import type { Random } from '../../../questions/random.ts';

/** A problem in words with a whole number (or a fraction, as text) for its answer. */
export interface WordProblem {
  readonly template: string;
  readonly content: string;
  readonly answer: number | string;
  /** Answers of typical mistakes; those that are not positive and whole are dropped. */
  readonly mistakes: readonly (number | string)[];
  readonly solution: string;
}

/** Draws the numbers of a problem; undefined when they do not come out even. */
export type ProblemTemplate = (random: Random) => WordProblem | undefined;

/** The value when it is whole, else undefined. */
export function whole(value: number): number | undefined {
  return Number.isInteger(value) ? value : undefined;
}
