import { approximateBytes } from './approximate-bytes.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Door, LogRecord } from './model.ts';

export interface LogStoreLimits {
  readonly logsMax: number;
  readonly bytesMax: number;
}

export interface LogQuery {
  readonly traceId?: string | undefined;
  readonly service?: string | undefined;
  readonly door?: Door | undefined;
  readonly limit: number;
}

/** Log records in the order of arrival, oldest out first. */
export class LogStore {
  readonly #records: BoundedMap<number, LogRecord>;
  #next = 0;
  #dropped = 0;

  constructor(limits: LogStoreLimits) {
    this.#records = new BoundedMap({
      itemsMax: limits.logsMax,
      bytesMax: limits.bytesMax,
      onEvict: () => {
        this.#dropped += 1;
      },
    });
  }

  add(record: LogRecord): void {
    const fixedBytes = 256;
    const bytes = fixedBytes + approximateBytes(record.body) + approximateBytes(record.attributes);
    this.#records.set(this.#next++, record, { items: 1, bytes });
  }

  /** Newest first; `total` counts what matched before the limit. */
  list(query: LogQuery): { logs: LogRecord[]; total: number } {
    const matching = [...this.#records.values()].filter((record) => matches(record, query));
    matching.sort((a, b) => (a.timeNanos < b.timeNanos ? 1 : a.timeNanos > b.timeNanos ? -1 : 0));
    return { logs: matching.slice(0, query.limit), total: matching.length };
  }

  /** Records of a trace, by span id; those without a span under the empty id. */
  countBySpan(traceId: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const record of this.#records.values()) {
      if (record.traceId !== traceId) continue;
      const spanId = record.spanId ?? '';
      counts.set(spanId, (counts.get(spanId) ?? 0) + 1);
    }
    return counts;
  }

  counts() {
    return {
      stored: this.#records.items,
      storedBytes: this.#records.bytes,
      dropped: this.#dropped,
    };
  }
}

function matches(record: LogRecord, query: LogQuery): boolean {
  return (
    (query.traceId === undefined || record.traceId === query.traceId) &&
    (query.service === undefined || record.resource.service === query.service) &&
    (query.door === undefined || record.door === query.door)
  );
}
