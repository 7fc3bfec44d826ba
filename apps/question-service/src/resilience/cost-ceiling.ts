export interface CostCeiling {
  /** Fires when the ceiling is reached. */
  readonly reached: AbortSignal;
  /** Adds what a call cost; undefined where that is not known. */
  spent(usd: number | undefined): void;
}

/**
 * Watches over what is spent. The ceiling is reached by what makes the sum as high, and by the first call of
 * unknown cost: a promise about money cannot be kept with money that is not counted. Without `maxUsd` it is
 * never reached.
 */
export function createCostCeiling(maxUsd?: number): CostCeiling {
  const controller = new AbortController();
  let sumUsd = 0;
  return {
    reached: controller.signal,
    spent(usd) {
      if (maxUsd === undefined) return;
      sumUsd += usd ?? 0;
      if (usd === undefined || sumUsd >= maxUsd) controller.abort();
    },
  };
}
