import type { Attributes, AttributeValue, ErrorEvent, ErrorException } from '../../store/model.ts';
import { type Header, isObject } from './envelope.ts';
import { fingerprintOf } from './fingerprint.ts';

/** Lifts out of a Sentry event what the console shows and searches. Fields of another kind than expected are left out. */
export function toErrorEvent(
  event: Header,
  { eventId, receivedAtMs }: { eventId: string; receivedAtMs: number },
): ErrorEvent {
  const trace = objectAt(objectAt(event, 'contexts'), 'trace');
  const tags = tagsOf(event['tags']);
  const exceptions = exceptionsOf(event);
  const message = messageOf(event);
  return {
    eventId,
    fingerprint: fingerprintOf({ sent: event['fingerprint'], exceptions, message }),
    timeMs: timeOf(event['timestamp']) ?? receivedAtMs,
    level: textAt(event, 'level') ?? 'error',
    message,
    exceptions,
    traceId: textAt(trace, 'trace_id')?.toLowerCase() ?? null,
    spanId: textAt(trace, 'span_id')?.toLowerCase() ?? null,
    service: serviceOf(event, tags),
    environment: textAt(event, 'environment'),
    release: textAt(event, 'release'),
    tags,
    event,
  };
}

/** Seconds since the epoch, or ISO 8601. */
export function timeOf(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const timeMs = typeof value === 'number' ? value * 1000 : Date.parse(value);
  return Number.isFinite(timeMs) && Math.abs(timeMs) < 8.64e15 ? timeMs : null;
}

export function textAt(object: Header, name: string): string | null {
  const value = object[name];
  // Half a surrogate pair has no form in a URL.
  return typeof value === 'string' && value !== '' ? value.toWellFormed() : null;
}

function objectAt(object: Header, name: string): Header {
  const value = object[name];
  return isObject(value) ? value : {};
}

function listAt(object: Header, name: string): readonly unknown[] {
  const value = object[name];
  return Array.isArray(value) ? value : [];
}

function messageOf(event: Header): string {
  const logentry = objectAt(event, 'logentry');
  return (
    textAt(event, 'message') ?? textAt(logentry, 'formatted') ?? textAt(logentry, 'message') ?? ''
  );
}

function exceptionsOf(event: Header): ErrorException[] {
  return listAt(objectAt(event, 'exception'), 'values')
    .filter(isObject)
    .map((exception) => {
      const handled = objectAt(exception, 'mechanism')['handled'];
      return {
        type: textAt(exception, 'type') ?? 'Error',
        value: textAt(exception, 'value') ?? '',
        handled: typeof handled === 'boolean' ? handled : null,
        frames: listAt(objectAt(exception, 'stacktrace'), 'frames') as AttributeValue[],
      };
    });
}

/** Sentry takes tags as an object or as a list of pairs. */
function tagsOf(tags: unknown): Attributes {
  if (Array.isArray(tags)) {
    return Object.fromEntries(
      tags
        .filter((pair) => Array.isArray(pair) && typeof pair[0] === 'string')
        .map(([key, value]) => [key, value]),
    );
  }
  return isObject(tags) ? (tags as Attributes) : {};
}

function serviceOf(event: Header, tags: Attributes): string | null {
  const resource = objectAt(objectAt(objectAt(event, 'contexts'), 'otel'), 'resource');
  const candidates = [tags['service.name'], tags['service'], resource['service.name']];
  const service = candidates.find((value) => typeof value === 'string' && value !== '');
  return typeof service === 'string' ? service : textAt(event, 'server_name');
}
