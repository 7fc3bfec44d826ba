import type { LogRecord } from '../../store/model.ts';
import { attributesOf } from './attributes.ts';
import { type Header, isObject } from './envelope.ts';
import { textAt, timeOf } from './error-event.ts';

const severityNumbers: Readonly<Record<string, number>> = {
  trace: 1,
  debug: 5,
  info: 9,
  warn: 13,
  error: 17,
  fatal: 21,
};

/** Records of a `log` item, which holds many. */
export function toLogRecords(container: Header, receivedAtMs: number): LogRecord[] {
  const items = container['items'];
  if (!Array.isArray(items)) return [];
  return items.filter(isObject).map((item) => toRecord(item, receivedAtMs));
}

function toRecord(item: Header, receivedAtMs: number): LogRecord {
  const attributes = attributesOf(item['attributes']);
  const level = textAt(item, 'level') ?? 'info';
  const service = attributes['service.name'] ?? attributes['server.address'];
  const timeMs = timeOf(item['timestamp']) ?? receivedAtMs;
  const body = item['body'];
  return {
    door: 'sentry',
    timeNanos: BigInt(Math.max(0, Math.round(timeMs * 1000))) * 1000n,
    severityNumber: severityNumbers[level] ?? 0,
    severityText: level,
    eventName: '',
    body: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
    attributes,
    traceId: textAt(item, 'trace_id')?.toLowerCase() ?? null,
    spanId: textAt(item, 'span_id')?.toLowerCase() ?? null,
    resource: {
      service: typeof service === 'string' ? service : 'unknown_service',
      instance: null,
      attributes: {},
    },
    scope: { name: 'sentry', version: '' },
  };
}
