import type {
  ErrorAnswer,
  ErrorEventView,
  ErrorGroup,
  ErrorGroupAnswer,
  ErrorsAnswer,
} from '../api/contract/errors.ts';
import type { ErrorsParameters } from '../api/contract/parameters.ts';
import type { ErrorGroupState, ErrorStore } from '../store/error-store.ts';
import type { Attributes, ErrorEvent } from '../store/model.ts';
import { frameOf, type StackFrame } from '../store/stack-frame.ts';
import { toBreadcrumbs } from './breadcrumbs.ts';
import { pageOf } from './page.ts';
import { isoOf, isWithin } from './time.ts';

/** A page of the Sentry events that match. */
export function searchErrors(store: ErrorStore, parameters: ErrorsParameters): ErrorsAnswer {
  const { limit, cursor } = parameters;
  const page = pageOf(matching(store.list(), parameters), { limit, cursor, positionOf });
  return { errors: page.items.map(toErrorView), total: page.total, nextCursor: page.nextCursor };
}

/** What lists show of an event; the event as it came is in `toErrorAnswer`. */
export function toErrorView(event: ErrorEvent): ErrorEventView {
  const { event: _asItCame, timeMs, exceptions, ...shown } = event;
  return {
    ...shown,
    time: isoOf(timeMs),
    exceptions: exceptions.map(({ type, value, handled, frames }) => ({
      type,
      value,
      handled,
      frames: frames.map(frameOf),
    })),
  };
}

export function toErrorAnswer(event: ErrorEvent): ErrorAnswer {
  return {
    ...toErrorView(event),
    contexts: attributesAt(event, 'contexts'),
    extra: attributesAt(event, 'extra'),
    breadcrumbs: toBreadcrumbs(event.event['breadcrumbs']),
    event: event.event as ErrorAnswer['event'],
  };
}

/** Groups by last seen, newest first. */
export function listErrorGroups(
  store: ErrorStore,
  query: { service?: string | undefined; text?: string | undefined; limit: number },
): { groups: ErrorGroup[]; total: number } {
  const stored = countStored(store);
  const part = query.text?.toLowerCase();
  const groups = [...store.groups()]
    .filter((group) => query.service === undefined || group.services.includes(query.service))
    .sort((a, b) => b.lastSeenMs - a.lastSeenMs)
    .map((group) => toErrorGroup(group, stored.get(group.fingerprint) ?? 0))
    .filter(
      ({ type, message, culprit }) =>
        part === undefined || `${type} ${message} ${culprit}`.toLowerCase().includes(part),
    );
  return { groups: groups.slice(0, query.limit), total: groups.length };
}

export function toErrorGroupAnswer(store: ErrorStore, group: ErrorGroupState): ErrorGroupAnswer {
  const { fingerprint } = group;
  const { errors, total } = searchErrors(store, { fingerprint, limit: 100 });
  return { ...toErrorGroup(group, total), events: errors };
}

function toErrorGroup(group: ErrorGroupState, storedCount: number): ErrorGroup {
  const { fingerprint, count, firstSeenMs, lastSeenMs, services, releases, newest } = group;
  const thrown = newest.exceptions.at(-1);
  return {
    fingerprint,
    type: thrown?.type ?? 'Error',
    message: thrown?.value || newest.message,
    culprit: culpritOf(thrown?.frames.map(frameOf) ?? []),
    level: newest.level,
    services: [...services],
    releases: [...releases],
    count,
    storedCount,
    firstSeen: isoOf(firstSeenMs),
    lastSeen: isoOf(lastSeenMs),
    lastEventId: newest.eventId,
    lastTraceId: newest.traceId,
  };
}

function culpritOf(frames: readonly StackFrame[]): string | null {
  const frame = frames.findLast(({ inApp }) => inApp) ?? frames.at(-1);
  if (frame === undefined) return null;
  const place = frame.module ?? frame.filename ?? 'unknown';
  return frame.function === null ? place : `${frame.function} in ${place}`;
}

function countStored(store: ErrorStore): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { fingerprint } of store.list()) {
    counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  return counts;
}

function positionOf({ timeMs, eventId }: ErrorEvent) {
  return { rank: timeMs, id: eventId };
}

function* matching(
  events: Iterable<ErrorEvent>,
  query: Omit<ErrorsParameters, 'limit' | 'cursor'>,
): Generator<ErrorEvent> {
  for (const event of events) {
    if (query.traceId !== undefined && event.traceId !== query.traceId) continue;
    if (query.fingerprint !== undefined && event.fingerprint !== query.fingerprint) continue;
    if (query.service !== undefined && event.service !== query.service) continue;
    if (isWithin(event.timeMs, query)) yield event;
  }
}

function attributesAt({ event }: ErrorEvent, name: string): Attributes {
  const value = event[name];
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Attributes) : {};
}
