import type { Clock } from '../clock.ts';
import { createAgedValue } from './aged-value.ts';
import type { ItemSnapshot } from './questions-repository.ts';

/** Calibrations before the newest whose items are kept: a session lives for hours, a calibration for days. */
const olderVersionsMax = 3;

/** The items that can be served, as they were at most a while ago. */
export interface ItemPool {
  /** With the parameters of the newest calibration. Waits only for the first load. */
  get(): Promise<ItemSnapshot>;
  /** With those of the calibration that a session began with. */
  getVersion(calibrationVersion: number): Promise<ItemSnapshot>;
}

/**
 * Creates a pool that is read from the database once in a while instead of at every answer. An empty pool is
 * never kept, so that a bank that is being filled is noticed.
 */
export function createItemPool(options: {
  readonly loadNewest: () => Promise<ItemSnapshot>;
  readonly loadVersion: (calibrationVersion: number) => Promise<ItemSnapshot>;
  readonly clock: Clock;
  readonly secondsMax: number;
  /** Told of a renewal that failed; the aged pool stays and the next caller tries again. */
  readonly onRenewalError: (error: unknown) => void;
}): ItemPool {
  const { loadNewest, loadVersion, ...rest } = options;
  const shared = { ...rest, isKept: ({ items }: ItemSnapshot) => items.length > 0 };
  const newest = createAgedValue({ ...shared, load: loadNewest });
  const older = new Map<number, () => Promise<ItemSnapshot>>();

  return {
    get: newest,
    getVersion(version) {
      const known = older.get(version);
      if (known !== undefined) return known();
      const [oldest] = older.keys();
      if (older.size === olderVersionsMax && oldest !== undefined) older.delete(oldest);
      const added = createAgedValue({ ...shared, load: () => loadVersion(version) });
      older.set(version, added);
      return added();
    },
  };
}
