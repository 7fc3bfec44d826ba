import type { SignalHealth } from '../observability.ts';

/** What became of the items of one signal on the way to one destination. */
export interface Delivery {
  readonly name: string;
  exported(items: number): void;
  failed(items: number, error: unknown): void;
  dropped(items: number): void;
  health(): SignalHealth;
}

/** @param name `signal.destination`, such as `traces.otel`. */
export function createDelivery(name: string, now: () => Date): Delivery {
  const counts = { exported: 0, failed: 0, dropped: 0 };
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
      counts.failed += items;
      lastError = describe(error);
    },
    dropped(items) {
      counts.dropped += items;
    },
    health: () => ({
      ...counts,
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
