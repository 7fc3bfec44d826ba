import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { repositoryRoot } from '@aiq/config';
import protobuf from 'protobufjs';

const spansPerTrace = 8;
const protoDirectory = join(repositoryRoot, 'apps/console/opentelemetry-proto');
const traceService = 'opentelemetry/proto/collector/trace/v1/trace_service.proto';
const logsService = 'opentelemetry/proto/collector/logs/v1/logs_service.proto';

const root = new protobuf.Root();
root.resolvePath = (_origin, target) => join(protoDirectory, target);
root.loadSync([traceService, logsService]);
const spansRequest = root.lookupType(
  'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest',
);
const logsRequest = root.lookupType(
  'opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest',
);

const services = ['aiq-backend', 'aiq-question-service'] as const;

/** Traces of eight spans like a request's: a server span, its queries, twelve attributes each; gzipped protobuf. */
export function spansBody(options: { first: number; count: number; endMs: number }): Buffer {
  const { first, count, endMs } = options;
  const spans = Array.from({ length: count }, (_, offset) => spanOf(first + offset, endMs));
  return encode(spansRequest, {
    resourceSpans: services.map((service, index) => ({
      resource: resourceOf(service),
      scopeSpans: [
        {
          scope: { name: 'bench' },
          spans: spans.filter((_, offset) => (first + offset) % services.length === index),
        },
      ],
    })),
  });
}

/** A line for every request: its trace, a message and four attributes. */
export function logsBody(options: { first: number; count: number; endMs: number }): Buffer {
  const { first, count, endMs } = options;
  const logRecords = Array.from({ length: count }, (_, offset) => ({
    timeUnixNano: nanos(endMs),
    severityNumber: (first + offset) % 50 === 0 ? 17 : 9,
    body: { stringValue: 'request completed' },
    traceId: idOf(first + offset, 16),
    attributes: attributesOf(first + offset, 4),
  }));
  return encode(logsRequest, {
    resourceLogs: [{ resource: resourceOf(services[0]), scopeLogs: [{ logRecords }] }],
  });
}

function spanOf(index: number, endMs: number) {
  const trace = Math.floor(index / spansPerTrace);
  const position = index % spansPerTrace;
  const durationMs = (trace * 7_919) % 200;
  return {
    traceId: idOf(trace, 16),
    spanId: idOf(index + 1, 8),
    ...(position === 0 ? {} : { parentSpanId: idOf(trace * spansPerTrace + 1, 8) }),
    name: position === 0 ? `GET /v1/route-${trace % 40}` : `SELECT table_${position}`,
    kind: position === 0 ? 2 : 3,
    startTimeUnixNano: nanos(endMs - durationMs),
    endTimeUnixNano: nanos(endMs),
    status: trace % 100 === 0 && position === 0 ? { code: 2, message: 'failed' } : {},
    attributes: attributesOf(index, 12),
  };
}

function attributesOf(index: number, count: number) {
  return Array.from({ length: count }, (_, number) => ({
    key: `attribute.name.${number}`,
    value: { stringValue: `value ${number} of ${index % 1_000}` },
  }));
}

function resourceOf(service: string) {
  return { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
}

function idOf(number: number, bytes: 8 | 16): Buffer {
  const id = Buffer.alloc(bytes);
  id.writeUInt32BE(number + 1, bytes - 4);
  id.writeUInt8(1, 0);
  return id;
}

function nanos(timeMs: number): string {
  return `${Math.trunc(timeMs)}000000`;
}

function encode(type: protobuf.Type, message: object): Buffer {
  return gzipSync(type.encode(type.fromObject(message)).finish());
}
