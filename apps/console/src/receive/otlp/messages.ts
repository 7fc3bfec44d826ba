import { join } from 'node:path';
import protobuf from 'protobufjs';

export const signals = ['traces', 'metrics', 'logs'] as const;
export type Signal = (typeof signals)[number];

const protoDirectory = join(import.meta.dirname, '../../../opentelemetry-proto');

const collector = 'opentelemetry.proto.collector';

const names: Readonly<Record<Signal, { request: string; response: string; file: string }>> = {
  traces: {
    request: `${collector}.trace.v1.ExportTraceServiceRequest`,
    response: `${collector}.trace.v1.ExportTraceServiceResponse`,
    file: 'opentelemetry/proto/collector/trace/v1/trace_service.proto',
  },
  metrics: {
    request: `${collector}.metrics.v1.ExportMetricsServiceRequest`,
    response: `${collector}.metrics.v1.ExportMetricsServiceResponse`,
    file: 'opentelemetry/proto/collector/metrics/v1/metrics_service.proto',
  },
  logs: {
    request: `${collector}.logs.v1.ExportLogsServiceRequest`,
    response: `${collector}.logs.v1.ExportLogsServiceResponse`,
    file: 'opentelemetry/proto/collector/logs/v1/logs_service.proto',
  },
};

export interface OtlpMessages {
  readonly request: Readonly<Record<Signal, protobuf.Type>>;
  readonly response: Readonly<Record<Signal, protobuf.Type>>;
  /** google.rpc.Status, the body of an answer that is not a success. */
  readonly status: protobuf.Type;
}

/** Reads the message types of OTLP from the vendored schema, once at start. */
export function loadOtlpMessages(): OtlpMessages {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => join(protoDirectory, target);
  root.loadSync([...signals.map((signal) => names[signal].file), 'google/rpc/status.proto']);
  root.resolveAll();

  const lookup = (part: 'request' | 'response') => ({
    traces: root.lookupType(names.traces[part]),
    metrics: root.lookupType(names.metrics[part]),
    logs: root.lookupType(names.logs[part]),
  });
  return {
    request: lookup('request'),
    response: lookup('response'),
    status: root.lookupType('google.rpc.Status'),
  };
}
