import type { LogRecord } from '../store/model.ts';
import { isoOfNanos } from './time.ts';

export function toLogView(record: LogRecord) {
  return {
    time: isoOfNanos(record.timeNanos),
    timeUnixNano: record.timeNanos.toString(),
    severityNumber: record.severityNumber,
    severityText: record.severityText,
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
