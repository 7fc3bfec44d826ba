import type { SignalHealth } from '../observability.ts';
import { type FailureReason, toFailureReason } from './failure-reason.ts';

/** Where items wait before they are sent. */
export interface Queue {
  readonly capacity: number;
  size(): number;
}

/** What became of the items of one signal on the way to one destination. */
export interface Delivery {
  readonly name: string;
  exported(items: number): void;
  failed(items: number, error: unknown): void;
  dropped(items: number): void;
  hasQueue(queue: Queue): void;
  health(): SignalHealth;
}

/** @param name `signal.destination`, such as `traces.otel`. */
export function createDelivery(name: string, now: () => Date): Delivery {
  const counts = { exported: 0, failed: 0, dropped: 0 };
  const failures: Partial<Record<FailureReason, number>> = {};
  let queue: Queue | undefined;
  let lastSuccessAt: string | undefined;
  let lastError: string | undefined;
  return {
    name,
    exported(items) {
      counts.exported += items;
      lastSuccessAt = now().toISOString();
      lastError = undefined;
    },
    failed(items, error) {
      const reason = toFailureReason(error);
      counts.failed += items;
      failures[reason] = (failures[reason] ?? 0) + items;
      lastError = describe(error);
    },
    dropped(items) {
      counts.dropped += items;
    },
    hasQueue(given) {
      queue = given;
    },
    health: () => ({
      ...counts,
      ...(counts.failed === 0 ? {} : { failures: { ...failures } }),
      ...(queue === undefined ? {} : { queue: { size: queue.size(), capacity: queue.capacity } }),
      ...(lastSuccessAt === undefined ? {} : { lastSuccessAt }),
      ...(lastError === undefined ? {} : { lastError }),
    }),
  };
}

function describe(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : 'export failed';
  return (code === undefined ? text : `${text} (${String(code)})`).slice(0, 300);
}
