import { type Logger, logs, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { IMetricReader, MetricProducer } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { createResource } from './config/resource.ts';
import type { Settings } from './config/settings.ts';
import { createDelivery } from './export/delivery.ts';
import {
  consoleExporters,
  loadOtlpExporters,
  type SignalExporters,
} from './export/otlp-exporters.ts';
import { loadProfile } from './integrations/instrumentation/profile.ts';
import type { Channel } from './lifecycle.ts';
import { createLogPipe, logQueueMax } from './logs/log-pipe.ts';
import { toMetricsText } from './metrics/exposition.ts';
import { createMetricProducer } from './metrics/metric-producer.ts';
import { createMetricPush } from './metrics/metric-push.ts';
import type { MetricStore } from './metrics/metric-store.ts';
import type { MetricsText } from './observability.ts';
import { goesTo } from './policy/routing.ts';
import { createServiceKeySender } from './traces/service-key.ts';
import { createSpanProcessing } from './traces/span-processors.ts';

const scopeName = '@aiq/observability';

/** Keeps what `increase()` extrapolates below 4 % of what a run counted, whenever it is asked. */
const zerosOfCommand = 30;

export interface OpenTelemetry {
  readonly tracer: Tracer;
  /** Absent where neither logs nor errors go to OpenTelemetry. */
  readonly logger: Logger | undefined;
  readonly channels: readonly Channel[];
  /** Absent where the pull side is off. */
  readonly metricsText: ((accept: string | undefined) => Promise<MetricsText>) | undefined;
  readonly externalServerSpans: boolean;
  close(): Promise<unknown>;
}

export interface OpenTelemetryOptions {
  readonly settings: Settings;
  readonly store: MetricStore;
  /** Where OTLP goes; undefined = nowhere. */
  readonly endpoint: string | undefined;
  readonly sentryTraces:
    | { readonly url: string; readonly headers: Record<string, string> }
    | undefined;
}

/** Starts the SDK with our own processors and readers, so that each signal can be flushed by itself. */
export async function startOpenTelemetry(options: OpenTelemetryOptions): Promise<OpenTelemetry> {
  const { settings, store } = options;
  const { config } = settings;
  const resource = createResource(settings);
  const { otel, routing } = config;
  const exporters = await chooseExporters(options);
  const spans = createSpanProcessing({
    config,
    otelExporter: exporters?.traces,
    sentryTraces: options.sentryTraces,
  });
  const channels: Channel[] = [...spans.channels];
  const logsOn =
    exporters !== undefined &&
    otel.logs.enabled &&
    (goesTo(routing.logs, 'otel') || goesTo(routing.errors, 'otel'));
  const logPipe = logsOn ? openLogs(exporters, otel.timeoutMs, channels) : undefined;
  const metricsOn = otel.metrics.enabled && goesTo(routing.metrics, 'otel');
  const producer = createMetricProducer({ store, resource, nowMs: Date.now });
  const push =
    metricsOn && exporters !== undefined
      ? openPush(options, exporters, producer, channels)
      : undefined;
  const prometheus =
    config.prometheus.enabled && metricsOn
      ? new PrometheusExporter({ preventServerStart: true, metricProducers: [producer] })
      : undefined;

  const profile = await loadProfile(config.instrumentation, createServiceKeySender(config.traces));
  const sdk = new NodeSDK({
    autoDetectResources: false,
    resource,
    contextManager: new AsyncLocalStorageContextManager(),
    textMapPropagator: new W3CTraceContextPropagator(),
    sampler: spans.sampler,
    spanProcessors: spans.processors,
    metricReaders: [
      ...(push === undefined ? [] : [push]),
      ...(prometheus === undefined ? [] : [prometheus]),
    ],
    views: profile.views,
    logRecordProcessors: logPipe === undefined ? [] : [logPipe],
    instrumentations: profile.instrumentations,
  });
  sdk.start();
  profile.afterStart();
  // What may be counted is there at 0 before anything is.
  if (config.metrics.startAtZero) void push?.forceFlush().catch(() => {});

  return {
    tracer: trace.getTracer(scopeName),
    logger: logPipe === undefined ? undefined : logs.getLogger(scopeName),
    channels,
    metricsText: prometheus && ((accept) => scrape(prometheus, accept)),
    externalServerSpans: profile.externalServerSpans,
    close: () => sdk.shutdown(),
  };
}

function openLogs(
  exporters: SignalExporters,
  timeoutMs: number,
  channels: Channel[],
): LogRecordProcessor {
  const delivery = createDelivery('logs.otel', now, { capacity: logQueueMax });
  const pipe = createLogPipe({ exporter: exporters.logs(), delivery, timeoutMs });
  channels.push({ delivery, flush: () => pipe.forceFlush() });
  return pipe;
}

function openPush(
  { settings: { config, isCommand }, store }: OpenTelemetryOptions,
  exporters: SignalExporters,
  producer: MetricProducer,
  channels: Channel[],
): IMetricReader {
  const { timeoutMs, metrics, exporter } = config.otel;
  // For databases; people who read a console want no row of zeros.
  const marksStarts = config.metrics.startAtZero && exporter === 'otlp';
  const delivery = createDelivery('metrics.otel', now);
  const push = createMetricPush({
    exporter: exporters.metrics(),
    delivery,
    producer,
    timeoutMs,
    intervalMs: metrics.exportIntervalMs,
    starts: marksStarts
      ? { startedAtMs: store.startedAtMs, zeros: isCommand ? zerosOfCommand : 1 }
      : undefined,
  });
  channels.push({ delivery, flush: () => push.forceFlush() });
  return push;
}

const now = (): Date => new Date();

async function scrape(
  reader: PrometheusExporter,
  accept: string | undefined,
): Promise<MetricsText> {
  const { resourceMetrics } = await reader.collect();
  return toMetricsText(resourceMetrics, accept);
}

async function chooseExporters(
  options: OpenTelemetryOptions,
): Promise<SignalExporters | undefined> {
  const { settings, endpoint } = options;
  const { exporter, protocol, headers, compression, timeoutMs } = settings.config.otel;
  if (exporter === 'none') return undefined;
  if (exporter === 'console') return consoleExporters();
  if (endpoint === undefined) return undefined;
  return loadOtlpExporters({ endpoint, protocol, headers, compression, timeoutMs });
}
