import type { LogRecord } from '../../store/model.ts';
import { attributesOf, attributeValueOf, resourceOf, scopeOf } from './attributes.ts';
import type { Decoded } from './decoded.ts';
import {
  type Fields,
  fieldOf,
  idOf,
  MalformedPayload,
  nanosOf,
  objectsOf,
  textOf,
} from './fields.ts';

/** Records of an ExportLogsServiceRequest. */
export function decodeLogs(request: Fields): Decoded<LogRecord> {
  const items: LogRecord[] = [];
  for (const resourceLogs of objectsOf(request, 'resourceLogs')) {
    const resource = resourceOf(resourceLogs);
    for (const scopeLogs of objectsOf(resourceLogs, 'scopeLogs')) {
      const scope = scopeOf(scopeLogs);
      for (const fields of objectsOf(scopeLogs, 'logRecords')) {
        items.push({ ...toRecord(fields), resource, scope });
      }
    }
  }
  return { items, rejected: 0, reason: '' };
}

function toRecord(fields: Fields): Omit<LogRecord, 'resource' | 'scope'> {
  const timeNanos = nanosOf(fields, 'timeUnixNano');
  return {
    door: 'otlp',
    timeNanos: timeNanos === 0n ? nanosOf(fields, 'observedTimeUnixNano') : timeNanos,
    severityNumber: severityNumberOf(fields),
    severityText: textOf(fields, 'severityText'),
    eventName: textOf(fields, 'eventName'),
    body: attributeValueOf(fields, 'body'),
    attributes: attributesOf(fields, 'attributes'),
    traceId: idOf(fields, 'traceId', 16),
    spanId: idOf(fields, 'spanId', 8),
  };
}

const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** 1..24 in six groups of four, `SEVERITY_NUMBER_INFO2` = 10; 0 where unspecified. */
function severityNumberOf(fields: Fields): number {
  const value = fieldOf(fields, 'severityNumber');
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const [, group = '', step = '1'] = /^SEVERITY_NUMBER_([A-Z]+)([2-4]?)$/.exec(String(value)) ?? [];
  if (group === 'UNSPECIFIED') return 0;
  const index = severities.indexOf(group);
  if (index < 0) throw new MalformedPayload('severityNumber: not a value of its enum');
  return 4 * index + Number(step || '1');
}
