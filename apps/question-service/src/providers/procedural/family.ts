import type { DifficultyLevel } from '../../questions/question.ts';
import type { Random } from '../../questions/random.ts';

/** An item before its options are put in order: what a family builds. */
export interface Item {
  /** What the item was built from, for those who study families; never shown. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly stimulus?: string;
  readonly content: string;
  readonly key: string;
  /** Wrong answers, the most tempting first; equal ones and the key are taken out later. */
  readonly distractors: readonly string[];
  readonly explanation: string;
  /** @default 5 */
  readonly optionCount?: number;
}

/** A way to make items of one type. */
export interface Family {
  /** Stable name. */
  readonly name: string;
  /** How often the family is chosen at a difficulty, relative to its sisters; 0 or absent is never. */
  readonly weights: Readonly<Partial<Record<DifficultyLevel, number>>>;
  /** Builds an item, or undefined when this draw has no clean one: the caller draws again. */
  build(difficultyLevel: DifficultyLevel, random: Random): Item | undefined;
}
