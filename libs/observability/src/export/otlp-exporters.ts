import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { ConsoleLogRecordExporter } from '@opentelemetry/sdk-logs';
import { ConsoleMetricExporter, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { ConsoleSpanExporter, type SpanExporter } from '@opentelemetry/sdk-trace';
import { createUnheldAgent } from './unheld-agent.ts';

export interface OtlpTarget {
  /** Base address, without `/v1/…`. */
  readonly endpoint: string;
  readonly protocol: 'http/protobuf' | 'http/json' | 'grpc';
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: 'gzip' | 'none';
  readonly timeoutMs: number;
}

export interface SignalExporters {
  readonly traces: () => SpanExporter;
  readonly metrics: () => PushMetricExporter;
  readonly logs: () => LogRecordExporter;
}

/** Exporters to an OTLP receiver. The packages of the protocol are loaded here, and those of no other. */
export async function loadOtlpExporters(target: OtlpTarget): Promise<SignalExporters> {
  if (target.protocol === 'grpc') {
    const [traces, metrics, logs] = await Promise.all([
      import('@opentelemetry/exporter-trace-otlp-grpc'),
      import('./metric-exporters.ts'),
      import('@opentelemetry/exporter-logs-otlp-grpc'),
    ]);
    const options = await grpcOptions(target);
    return {
      traces: () => new traces.OTLPTraceExporter(options),
      metrics: () => metrics.createGrpcMetricExporter(options),
      logs: () => new logs.OTLPLogExporter(options),
    };
  }
  const { protocol } = target;
  const [traces, metrics, logs] =
    protocol === 'http/json'
      ? await Promise.all([
          import('@opentelemetry/exporter-trace-otlp-http'),
          import('./metric-exporters.ts'),
          import('@opentelemetry/exporter-logs-otlp-http'),
        ])
      : await Promise.all([
          import('@opentelemetry/exporter-trace-otlp-proto'),
          import('./metric-exporters.ts'),
          import('@opentelemetry/exporter-logs-otlp-proto'),
        ]);
  return {
    traces: () => new traces.OTLPTraceExporter(httpOptions(target, 'traces')),
    metrics: () => metrics.createHttpMetricExporter(protocol, httpOptions(target, 'metrics')),
    logs: () => new logs.OTLPLogExporter(httpOptions(target, 'logs')),
  };
}

/** For a first look without any receiver. */
export function consoleExporters(): SignalExporters {
  return {
    traces: () => new ConsoleSpanExporter(),
    metrics: () => new ConsoleMetricExporter(),
    logs: () => new ConsoleLogRecordExporter(),
  };
}

function httpOptions(target: OtlpTarget, signal: 'traces' | 'metrics' | 'logs') {
  return {
    url: `${target.endpoint.replace(/\/+$/, '')}/v1/${signal}`,
    headers: { ...target.headers },
    timeoutMillis: target.timeoutMs,
    compression: target.compression as never,
    httpAgentOptions: createUnheldAgent(target.timeoutMs),
  };
}

async function grpcOptions(target: OtlpTarget) {
  // grpc-js is a dependency of the exporters and is reached through them.
  const { createRequire } = await import('node:module');
  const own = createRequire(import.meta.url);
  const base = createRequire(own.resolve('@opentelemetry/exporter-trace-otlp-grpc'));
  const { Metadata } = base('@grpc/grpc-js') as {
    Metadata: { new (): { set(key: string, value: string): void } };
  };
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(target.headers)) metadata.set(key.toLowerCase(), value);
  return {
    url: target.endpoint,
    metadata: metadata as never,
    timeoutMillis: target.timeoutMs,
    compression: target.compression as never,
  };
}
