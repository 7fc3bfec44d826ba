import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import { createOtlpHttpExportDelegate } from '@opentelemetry/otlp-exporter-base/node-http';
import {
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { createUnheldAgent } from '../export/unheld-agent.ts';

/**
 * Sends spans to Sentry's own OTLP endpoint. It is put together by hand because the stock exporter adds the
 * headers of `OTEL_EXPORTER_OTLP_HEADERS`, and those hold the credentials of another destination.
 */
export function createSentrySpanExporter(target: {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}): SpanExporter {
  const { url, headers, timeoutMs } = target;
  return new OTLPExporterBase<ReadableSpan[]>(
    createOtlpHttpExportDelegate(
      {
        url,
        headers: async () => ({ ...headers, 'Content-Type': 'application/x-protobuf' }),
        timeoutMillis: timeoutMs,
        concurrencyLimit: 8,
        compression: 'gzip' as never,
        agentFactory: createUnheldAgent(timeoutMs) as never,
      },
      ProtobufTraceSerializer,
      'otlp_http_span_exporter',
      TraceExporterMetricsHelper,
      undefined,
    ),
  );
}
