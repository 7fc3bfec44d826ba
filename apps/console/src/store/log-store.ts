import { approximateBytes } from './approximate-bytes.ts';
import { BoundedMap } from './bounded-map.ts';
import type { LogRecord } from './model.ts';

export interface LogStoreLimits {
  readonly logsMax: number;
  readonly bytesMax: number;
}

export interface StoredLog extends LogRecord {
  /** Order of arrival. */
  readonly sequence: number;
}

/** Log records in the order of arrival, oldest out first. */
export class LogStore {
  readonly #records: BoundedMap<number, StoredLog>;
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
    const sequence = this.#next++;
    this.#records.set(sequence, { ...record, sequence }, { items: 1, bytes });
  }

  /** In the order of arrival. */
  list(): Iterable<StoredLog> {
    return this.#records.values();
  }

  ofTrace(traceId: string): StoredLog[] {
    const records: StoredLog[] = [];
    for (const record of this.#records.values()) {
      if (record.traceId === traceId) records.push(record);
    }
    return records;
  }

  counts() {
    return {
      stored: this.#records.items,
      storedBytes: this.#records.bytes,
      dropped: this.#dropped,
    };
  }
}
