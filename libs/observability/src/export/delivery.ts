import type { SignalHealth } from '../observability.ts';
import { type FailureReason, toFailureReason } from './failure-reason.ts';

/**
 * What became of the items of one signal on the way to one destination: each that comes ends as exported, as failed
 * or as dropped, once.
 */
export interface Delivery {
  readonly name: string;
  /** Takes an item in, where there is room before the end; else it is dropped, which is counted here. */
  admit(): boolean;
  exported(items: number): void;
  failed(items: number, error: unknown): void;
  /** Of items that were taken in. */
  dropped(items: number): void;
  /** Settles once what was taken in before the call is out of the way, however it ended. */
  settled(): Promise<void>;
  /** The end: what is still on its way has failed, and what is said of it later does not count. */
  close(): void;
  health(): SignalHealth;
}

export interface DeliveryOptions {
  /** Items that wait or are on their way at once. Absent: they are not taken in one by one, as data points are. */
  readonly capacity?: number;
}

interface Waiting {
  readonly ended: number;
  readonly resolve: () => void;
}

/** @param name `signal.destination`, such as `traces.otel`. */
export function createDelivery(
  name: string,
  now: () => Date,
  { capacity }: DeliveryOptions = {},
): Delivery {
  const counts = { exported: 0, failed: 0, dropped: 0 };
  const failures: Partial<Record<FailureReason, number>> = {};
  let admitted = 0;
  let ended = 0;
  let isClosed = false;
  let waiting: Waiting[] = [];
  let lastSuccessAt: string | undefined;
  let lastError: string | undefined;

  return {
    name,
    admit() {
      if (isClosed || (capacity !== undefined && admitted - ended >= capacity)) {
        counts.dropped += 1;
        return false;
      }
      admitted += 1;
      return true;
    },
    exported(items) {
      if (isClosed) return;
      counts.exported += items;
      lastSuccessAt = now().toISOString();
      lastError = undefined;
      end(items);
    },
    failed(items, error) {
      if (!isClosed) fail(items, error);
    },
    dropped(items) {
      if (isClosed) return;
      counts.dropped += items;
      end(items);
    },
    settled() {
      if (ended >= admitted) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ ended: admitted, resolve }));
    },
    close() {
      if (isClosed) return;
      if (admitted > ended) fail(admitted - ended, new Error('no answer before the end'));
      isClosed = true;
    },
    health: () => ({
      ...counts,
      ...(counts.failed === 0 ? {} : { failures: { ...failures } }),
      ...(capacity === undefined ? {} : { queue: { size: admitted - ended, capacity } }),
      ...(lastSuccessAt === undefined ? {} : { lastSuccessAt }),
      ...(lastError === undefined ? {} : { lastError }),
    }),
  };

  function fail(items: number, error: unknown): void {
    const reason = toFailureReason(error);
    counts.failed += items;
    failures[reason] = (failures[reason] ?? 0) + items;
    lastError = describe(error);
    end(items);
  }

  function end(items: number): void {
    ended += items;
    const isOver = (each: Waiting): boolean => each.ended <= ended;
    for (const { resolve } of waiting.filter(isOver)) resolve();
    waiting = waiting.filter((each) => !isOver(each));
  }
}

function describe(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : 'export failed';
  return (code === undefined ? text : `${text} (${String(code)})`).slice(0, 300);
}
