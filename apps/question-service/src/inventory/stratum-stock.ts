import type { StratumCount } from '../generation/plan.ts';
import { type Stratum, strata } from '../questions/question.ts';

/** What the bank holds of a stratum, and what is on its way into it. */
export interface StratumStock extends Stratum {
  /** Questions that are served. */
  readonly active: number;
  /** Questions that runs in work, or waiting for a worker, have planned and not stored yet. */
  readonly planned: number;
}

/** All 18 strata in inventory order; those that nothing is known of hold nothing. */
export function completeStock(known: readonly StratumStock[]): StratumStock[] {
  return strata.map(({ type, difficultyLevel }) => {
    const found = known.find(
      (stock) => stock.type === type && stock.difficultyLevel === difficultyLevel,
    );
    return { type, difficultyLevel, active: found?.active ?? 0, planned: found?.planned ?? 0 };
  });
}

/** Stock as planning sees it: what is on its way counts as if it were there. */
export function expectedStock(stock: readonly StratumStock[]): StratumCount[] {
  return stock.map(({ type, difficultyLevel, active, planned }) => ({
    type,
    difficultyLevel,
    count: active + planned,
  }));
}
