import { loadOtlpMessages, type Signal } from '../../../src/receive/otlp/messages.ts';

export const traceId = '0af7651916cd43dd8448eb211c80319c';
export const rootId = 'b7ad6b7169203331';
export const childId = '00f067aa0ba902b7';

const resource = {
  attributes: [
    { key: 'service.name', value: { stringValue: 'aiq-backend' } },
    { key: 'service.instance.id', value: { stringValue: 'backend-1' } },
  ],
};
const scope = { name: 'tests', version: '1.0.0' };

/** 2026-11-21T10:00:00Z plus some milliseconds, in nanoseconds as OTLP writes them in JSON. */
export const nanosAt = (ms: number): string =>
  (BigInt(Date.parse('2026-11-21T10:00:00Z') + ms) * 1_000_000n).toString();

export const tracesOf = (spans: readonly object[]) => ({
  resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }],
});
export const metricsOf = (metrics: readonly object[]) => ({
  resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }],
});
export const logsOf = (logRecords: readonly object[]) => ({
  resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }],
});

export const spanOf = (spanId: string, more: object = {}) => ({
  traceId,
  spanId,
  name: 'work',
  kind: 1,
  startTimeUnixNano: nanosAt(0),
  endTimeUnixNano: nanosAt(5),
  ...more,
});

/** A request with a failed query under it, with every field that a span can have. */
export const richTraces = tracesOf([
  spanOf(rootId, {
    name: 'GET /v1/questions/{id}',
    kind: 2,
    traceState: 'a=1',
    flags: 257,
    endTimeUnixNano: nanosAt(12),
    attributes: [
      { key: 'text', value: { stringValue: 'Grüße' } },
      { key: 'flag', value: { boolValue: true } },
      { key: 'whole', value: { intValue: '-42' } },
      { key: 'huge', value: { intValue: '9223372036854775807' } },
      { key: 'real', value: { doubleValue: 0.25 } },
      { key: 'list', value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: '2' }] } } },
      {
        key: 'map',
        value: { kvlistValue: { values: [{ key: 'k', value: { boolValue: false } }] } },
      },
      { key: 'bytes', value: { bytesValue: 'AQID' } },
      { key: '__proto__', value: { stringValue: 'kept as data' } },
      { key: 'nothing', value: {} },
    ],
    droppedAttributesCount: 3,
    droppedEventsCount: 2,
    droppedLinksCount: 1,
  }),
  spanOf(childId, {
    parentSpanId: rootId,
    name: 'SELECT questions',
    kind: 3,
    startTimeUnixNano: nanosAt(2),
    endTimeUnixNano: nanosAt(9),
    status: { code: 2, message: 'connection reset' },
    events: [
      {
        name: 'retry',
        timeUnixNano: nanosAt(3),
        attributes: [{ key: 'attempt', value: { intValue: '2' } }],
      },
    ],
    links: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), attributes: [] }],
  }),
]);

const messages = loadOtlpMessages();

/** The protobuf of a request written in OTLP's JSON. */
export function toProtobuf(signal: Signal, json: object): Buffer {
  const type = messages.request[signal];
  return Buffer.from(type.encode(type.fromObject(withIdBytes(json) as object)).finish());
}

const idFields = new Set(['traceId', 'spanId', 'parentSpanId']);

function withIdBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIdBytes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [
      key,
      idFields.has(key) ? Buffer.from(String(element), 'hex') : withIdBytes(element),
    ]),
  );
}
