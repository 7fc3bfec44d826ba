import { createRequire } from 'node:module';
import { OTLPMetricExporterBase } from '@opentelemetry/exporter-metrics-otlp-http';
import type { IOtlpExportDelegate } from '@opentelemetry/otlp-exporter-base';
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
  type OTLPExporterNodeConfigBase,
} from '@opentelemetry/otlp-exporter-base/node-http';
import { MetricsExporterMetricsHelper } from '@opentelemetry/otlp-transformer';
import {
  AggregationTemporality,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import {
  jsonWithExemplars,
  type MetricsSerializer,
  protobufWithExemplars,
} from './exemplar-serializer.ts';

const temporalityPreference = AggregationTemporality.CUMULATIVE;

const encodings = {
  'http/json': { contentType: 'application/json', serializer: jsonWithExemplars },
  'http/protobuf': { contentType: 'application/x-protobuf', serializer: protobufWithExemplars },
} as const;

/** The packages' exporter over HTTP in all but its serializer. */
export function createHttpMetricExporter(
  protocol: keyof typeof encodings,
  options: OTLPExporterNodeConfigBase,
): PushMetricExporter {
  const { contentType, serializer } = encodings[protocol];
  const delegate = createOtlpHttpExportDelegate(
    convertLegacyHttpOptions(options, 'METRICS', 'v1/metrics', { 'Content-Type': contentType }),
    serializer,
    'otlp_http_metric_exporter',
    MetricsExporterMetricsHelper,
    undefined,
  );
  return new OTLPMetricExporterBase(delegate, { temporalityPreference });
}

interface GrpcBase {
  convertLegacyOtlpGrpcOptions(options: object, signal: 'METRICS'): object;
  createOtlpGrpcExportDelegate(
    options: object,
    serializer: MetricsSerializer,
    componentType: string,
    helper: typeof MetricsExporterMetricsHelper,
    meterProvider: undefined,
    grpcName: string,
    grpcPath: string,
  ): IOtlpExportDelegate<ResourceMetrics>;
}

/** The same over gRPC, whose packages are a dependency of the exporters and are reached through them. */
export function createGrpcMetricExporter(options: object): PushMetricExporter {
  const own = createRequire(import.meta.url);
  const base = createRequire(own.resolve('@opentelemetry/exporter-metrics-otlp-grpc'));
  const grpc = base('@opentelemetry/otlp-grpc-exporter-base') as GrpcBase;
  const delegate = grpc.createOtlpGrpcExportDelegate(
    grpc.convertLegacyOtlpGrpcOptions(options, 'METRICS'),
    protobufWithExemplars,
    'otlp_grpc_metric_exporter',
    MetricsExporterMetricsHelper,
    undefined,
    'MetricsExportService',
    '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  );
  return new OTLPMetricExporterBase(delegate, { temporalityPreference });
}
