import {
  type DifficultyLevel,
  type QuestionType,
  type Stratum,
  strata,
} from '../questions/question.ts';

/** How many questions a stratum is to get. */
export interface StratumCount extends Stratum {
  readonly count: number;
}

/** What a run was asked for. */
export type RunRequest =
  | {
      readonly kind: 'count';
      readonly count: number;
      readonly types: readonly QuestionType[];
      readonly difficulties: readonly DifficultyLevel[];
    }
  | { readonly kind: 'fill'; readonly target: number }
  /** One round over the strata below the target, in proportion to what they lack; all of it without a count. */
  | { readonly kind: 'balance'; readonly target: number; readonly count?: number };

/** The most questions one run may be asked for. */
export const countMax = 100_000;

/** The highest ceiling a run may be given, in US dollars. */
export const costUsdMax = 10_000;

/**
 * Spreads a count over the strata of the chosen types and difficulties: every stratum gets the same,
 * and the remainder goes one each to the first strata in inventory order.
 */
export function spreadEvenly(
  count: number,
  types: readonly QuestionType[],
  difficulties: readonly DifficultyLevel[],
): StratumCount[] {
  const chosen = strata.filter(
    ({ type, difficultyLevel }) => types.includes(type) && difficulties.includes(difficultyLevel),
  );
  const share = Math.floor(count / chosen.length);
  const remainder = count % chosen.length;
  return chosen
    .map((stratum, index) => ({ ...stratum, count: share + (index < remainder ? 1 : 0) }))
    .filter((stratum) => stratum.count > 0);
}

/** What each stratum lacks of the target; those that have enough are left out. */
export function deficits(target: number, inventory: readonly StratumCount[]): StratumCount[] {
  return strata
    .map((stratum) => ({ ...stratum, count: target - heldBy(inventory, stratum) }))
    .filter((stratum) => stratum.count > 0);
}

function heldBy(inventory: readonly StratumCount[], { type, difficultyLevel }: Stratum): number {
  const held = inventory.find(
    (stratum) => stratum.type === type && stratum.difficultyLevel === difficultyLevel,
  );
  return held?.count ?? 0;
}
