import { approximateBytes } from './approximate-bytes.ts';
import { BoundedMap } from './bounded-map.ts';
import type { ErrorEvent } from './model.ts';

export interface ErrorStoreLimits {
  readonly errorsMax: number;
  readonly bytesMax: number;
}

/** Events of one fingerprint. */
export interface ErrorGroupState {
  readonly fingerprint: string;
  /** All that came, also those that storage let go. */
  readonly count: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly services: readonly string[];
  readonly releases: readonly string[];
  readonly newest: ErrorEvent;
}

/** Names that one group remembers, each of services and releases. */
const namesMax = 20;

/** Sentry error events by event id, oldest out first, and their groups. */
export class ErrorStore {
  readonly #events: BoundedMap<string, ErrorEvent>;
  readonly #groups: BoundedMap<string, ErrorGroupState>;
  #dropped = 0;

  constructor(limits: ErrorStoreLimits) {
    this.#events = new BoundedMap({
      itemsMax: limits.errorsMax,
      bytesMax: limits.bytesMax,
      onEvict: () => {
        this.#dropped += 1;
      },
    });
    this.#groups = new BoundedMap({
      itemsMax: limits.errorsMax,
      bytesMax: limits.bytesMax,
      onEvict: () => {},
    });
  }

  add(event: ErrorEvent): void {
    // One that is sent again is not one more.
    const isNew = this.#events.get(event.eventId) === undefined;
    const bytes = approximateBytes(event.event);
    this.#events.set(event.eventId, event, { items: 1, bytes });
    if (!isNew) return;
    const group = extended(this.#groups.get(event.fingerprint), event);
    this.#groups.set(event.fingerprint, group, { items: 1, bytes });
  }

  find(eventId: string): ErrorEvent | undefined {
    return this.#events.get(eventId);
  }

  findGroup(fingerprint: string): ErrorGroupState | undefined {
    return this.#groups.get(fingerprint);
  }

  /** In the order of arrival. */
  list(): Iterable<ErrorEvent> {
    return this.#events.values();
  }

  /** The one that longest had no new event first. */
  groups(): Iterable<ErrorGroupState> {
    return this.#groups.values();
  }

  counts() {
    return { stored: this.#events.items, storedBytes: this.#events.bytes, dropped: this.#dropped };
  }
}

function extended(group: ErrorGroupState | undefined, event: ErrorEvent): ErrorGroupState {
  const { fingerprint, timeMs } = event;
  return {
    fingerprint,
    count: (group?.count ?? 0) + 1,
    firstSeenMs: Math.min(group?.firstSeenMs ?? timeMs, timeMs),
    lastSeenMs: Math.max(group?.lastSeenMs ?? timeMs, timeMs),
    services: withName(group?.services ?? [], event.service),
    releases: withName(group?.releases ?? [], event.release),
    newest: group === undefined || timeMs >= group.newest.timeMs ? event : group.newest,
  };
}

function withName(names: readonly string[], name: string | null): readonly string[] {
  if (name === null || names.includes(name) || names.length >= namesMax) return names;
  return [...names, name].sort();
}
