import type { StratumStock } from './stratum-stock.ts';

/** A stratum held against the level it is to have. */
export interface StratumLevel extends StratumStock {
  /** What is missing once every plan is carried out. */
  readonly deficit: number;
}

/** The stock of questions, held against a target for each stratum. */
export interface Inventory {
  readonly target: number;
  readonly active: number;
  readonly planned: number;
  readonly deficit: number;
  readonly strata: readonly StratumLevel[];
}

/** Holds stock against a target; what is above it in one stratum makes up for nothing in another. */
export function inventoryOf(target: number, stock: readonly StratumStock[]): Inventory {
  const strata = stock.map((stratum) => ({
    ...stratum,
    deficit: Math.max(0, target - stratum.active - stratum.planned),
  }));
  const sum = (key: 'active' | 'planned' | 'deficit') =>
    strata.reduce((total, stratum) => total + stratum[key], 0);
  return {
    target,
    active: sum('active'),
    planned: sum('planned'),
    deficit: sum('deficit'),
    strata,
  };
}
