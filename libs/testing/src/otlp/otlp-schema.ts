import { createRequire } from 'node:module';

/** The part of protobufjs' reflection that is used here. */
interface MessageType {
  readonly fields: Readonly<Record<string, { readonly constructor: unknown }>>;
  add(field: unknown): unknown;
  decode(data: Uint8Array): object;
  encode(message: object): { finish(): Uint8Array };
  fromObject(value: object): object;
  toObject(message: object, options: object): Record<string, unknown>;
}

export type Signal = 'traces' | 'metrics' | 'logs';

const requestTypes: Readonly<Record<Signal, string>> = {
  traces: 'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest',
  metrics: 'opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest',
  logs: 'opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest',
};

// Only the message definitions of the package are used: its server passes what it received through
// channels of the whole process, so two receivers would hear each other, and it takes no compressed body.
const { getProtoRoot } = createRequire(import.meta.url)('@elastic/mockotlpserver/lib/proto.js') as {
  getProtoRoot(): { lookupType(name: string): MessageType };
};
const root = getProtoRoot();

addEventName(root.lookupType('opentelemetry.proto.logs.v1.LogRecord'));

/**
 * Decodes the body of an export request into the shape of OTLP/JSON.
 *
 * Integers of 64 bits are text; ids and other bytes are `Uint8Array` when they came as protobuf.
 */
export function decodeOtlp(
  signal: Signal,
  contentType: string | undefined,
  body: Buffer,
): Record<string, unknown> {
  const mediaType = contentType?.split(';')[0]?.trim();
  if (mediaType === 'application/json') return JSON.parse(body.toString('utf8'));
  if (mediaType !== 'application/x-protobuf') {
    throw new Error(`unknown content type ${contentType ?? '(none)'}`);
  }
  const type = root.lookupType(requestTypes[signal]);
  return type.toObject(type.decode(body), { longs: String });
}

/** Encodes a request given in the shape of OTLP/JSON (ids as base64) as protobuf. */
export function encodeOtlp(signal: Signal, request: object): Buffer {
  const type = root.lookupType(requestTypes[signal]);
  return Buffer.from(type.encode(type.fromObject(request)).finish());
}

/** The package's definition of a log record is older than its event name (field 12). */
function addEventName(logRecord: MessageType): void {
  if (logRecord.fields['eventName']) return;
  const Field = logRecord.fields['severityText']?.constructor as new (
    name: string,
    id: number,
    type: string,
  ) => object;
  logRecord.add(new Field('eventName', 12, 'string'));
}
