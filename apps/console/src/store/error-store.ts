import { approximateBytes } from './approximate-bytes.ts';
import { BoundedMap } from './bounded-map.ts';
import type { ErrorEvent } from './model.ts';

export interface ErrorStoreLimits {
  readonly errorsMax: number;
  readonly bytesMax: number;
}

/** Sentry error events by event id, oldest out first. */
export class ErrorStore {
  readonly #events: BoundedMap<string, ErrorEvent>;
  #dropped = 0;

  constructor(limits: ErrorStoreLimits) {
    this.#events = new BoundedMap({
      itemsMax: limits.errorsMax,
      bytesMax: limits.bytesMax,
      onEvict: () => {
        this.#dropped += 1;
      },
    });
  }

  add(event: ErrorEvent): void {
    this.#events.set(event.eventId, event, { items: 1, bytes: approximateBytes(event.event) });
  }

  find(eventId: string): ErrorEvent | undefined {
    return this.#events.get(eventId);
  }

  /** Newest first; `total` counts what matched before the limit. */
  list(query: { traceId?: string | undefined; limit: number }): {
    errors: ErrorEvent[];
    total: number;
  } {
    const matching = [...this.#events.values()].filter(
      (event) => query.traceId === undefined || event.traceId === query.traceId,
    );
    matching.sort((a, b) => b.timeMs - a.timeMs);
    return { errors: matching.slice(0, query.limit), total: matching.length };
  }

  counts() {
    return { stored: this.#events.items, storedBytes: this.#events.bytes, dropped: this.#dropped };
  }
}
