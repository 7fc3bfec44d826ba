import { type LogsAnswer, type LogView, type Severity, severities } from '../api/contract/logs.ts';
import type { LogsParameters } from '../api/contract/parameters.ts';
import type { LogStore, StoredLog } from '../store/log-store.ts';
import { hasAttributes, textOfValue } from './attributes-match.ts';
import { pageOf } from './page.ts';
import { isoOfNanos, isWithin, millisecondsOf } from './time.ts';

/** A page of the log records that match. */
export function searchLogs(store: LogStore, parameters: LogsParameters): LogsAnswer {
  const { limit, cursor } = parameters;
  const page = pageOf(matching(store.list(), parameters), {
    limit,
    cursor,
    positionOf: ({ timeNanos, sequence }) => ({
      rank: Number(timeNanos),
      id: String(sequence).padStart(16, '0'),
    }),
  });
  return {
    logs: page.items.map(toLogView),
    total: page.total,
    nextCursor: page.nextCursor,
  };
}

export function toLogView(record: StoredLog): LogView {
  return {
    id: String(record.sequence),
    time: isoOfNanos(record.timeNanos),
    timeUnixNano: record.timeNanos.toString(),
    severityNumber: record.severityNumber,
    severityText: record.severityText,
    severity: severityOf(record.severityNumber),
    service: record.resource.service,
    eventName: record.eventName,
    body: record.body,
    attributes: record.attributes,
    traceId: record.traceId,
    spanId: record.spanId,
    scope: record.scope,
    resource: record.resource.attributes,
    door: record.door,
  };
}

/** Four numbers to each severity; null where the number says nothing. */
export function severityOf(severityNumber: number): Severity | null {
  return severities[Math.floor((severityNumber - 1) / 4)] ?? null;
}

/** The lowest number of a severity. */
export function severityNumberOf(severity: Severity): number {
  return 4 * severities.indexOf(severity) + 1;
}

function* matching(records: Iterable<StoredLog>, query: LogsParameters): Generator<StoredLog> {
  const numberMin = query.severity === undefined ? 0 : severityNumberOf(query.severity);
  const part = query.text?.toLowerCase();
  for (const record of records) {
    if (record.severityNumber < numberMin) continue;
    if (query.traceId !== undefined && record.traceId !== query.traceId) continue;
    if (query.spanId !== undefined && record.spanId !== query.spanId) continue;
    if (query.service !== undefined && record.resource.service !== query.service) continue;
    if (query.eventName !== undefined && record.eventName !== query.eventName) continue;
    if (query.door !== undefined && record.door !== query.door) continue;
    if (!isWithin(millisecondsOf(record.timeNanos), query)) continue;
    if (!hasAttributes([record.attributes, record.resource.attributes], query.attribute)) continue;
    if (part !== undefined && !mentions(record, part)) continue;
    yield record;
  }
}

function mentions({ body, eventName, attributes }: StoredLog, part: string): boolean {
  return (
    textOfValue(body).toLowerCase().includes(part) ||
    eventName.toLowerCase().includes(part) ||
    Object.values(attributes).some((value) => textOfValue(value).toLowerCase().includes(part))
  );
}
