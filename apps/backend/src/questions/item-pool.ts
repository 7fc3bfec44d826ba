import type { Clock } from '../clock.ts';
import type { PoolItem } from './questions-repository.ts';

/** The items that can be served, as they were at most a while ago. */
export interface ItemPool {
  /** Waits only for the first load: an aged pool is given at once and renewed behind. */
  get(): Promise<readonly PoolItem[]>;
}

/**
 * Creates a pool that is read from the database once in a while instead of at every answer. Concurrent
 * callers share one load. An empty pool is never kept, so that a bank that is being filled is noticed.
 */
export function createItemPool(options: {
  readonly load: () => Promise<readonly PoolItem[]>;
  readonly clock: Clock;
  readonly secondsMax: number;
  /** Told of a renewal that failed; the aged pool stays and the next caller tries again. */
  readonly onRenewalError: (error: unknown) => void;
}): ItemPool {
  const { load, clock, secondsMax, onRenewalError } = options;
  let kept: { items: readonly PoolItem[]; loadedAtMs: number } | undefined;
  let loading: Promise<readonly PoolItem[]> | undefined;

  const renew = (): Promise<readonly PoolItem[]> => {
    loading ??= load()
      .then((items) => {
        kept = items.length > 0 ? { items, loadedAtMs: clock.now().getTime() } : undefined;
        return items;
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  };

  return {
    async get() {
      if (kept === undefined) return renew();
      const ageSeconds = (clock.now().getTime() - kept.loadedAtMs) / 1000;
      if (ageSeconds >= secondsMax) renew().catch(onRenewalError);
      return kept.items;
    },
  };
}
