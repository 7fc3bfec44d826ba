import type { MetricDefinitions } from './catalogue/define-metrics.ts';
import { findOtlpEndpoint } from './config/endpoint.ts';
import { findInstanceId } from './config/instance-id.ts';
import type { Settings } from './config/settings.ts';
import { routeDiagnostics } from './diag-warnings.ts';
import { createDelivery } from './export/delivery.ts';
import { type Channel, createLifecycle } from './lifecycle.ts';
import { createLineWriter } from './logs/line-writer.ts';
import { createOtelLogWriter, emitException, toAllWriters } from './logs/otel-writer.ts';
import { libraryMetrics } from './metrics/library-metrics.ts';
import { createMetricStore, toMetricSpecs } from './metrics/metric-store.ts';
import type { MetricsText } from './observability.ts';
import type { ErrorDestination, LogWriter, Parts } from './parts.ts';
import { toAttributes } from './policy/attributes.ts';
import { createRefusals } from './policy/refusals.ts';
import { startSentry } from './sentry/start-sentry.ts';
import type { OpenTelemetry, OpenTelemetryOptions } from './start-opentelemetry.ts';
import { createIdTracer } from './traces/id-tracer.ts';

export interface PartsOptions {
  readonly settings: Settings;
  readonly metrics: MetricDefinitions;
  readonly logStream: 'stdout' | 'stderr';
}

/** The composition root: settings → destinations → parts. */
export async function createParts({ settings, metrics, logStream }: PartsOptions): Promise<Parts> {
  const { config, service } = settings;
  const otelOn = config.enabled && !config.disabled;
  const nowMs = Date.now;
  const lines = createLineWriter({ service, level: config.log.level, stream: logStream });
  // Complaints about telemetry go to the local lines alone: sent on, they could feed themselves.
  const warn = (message: string, attributes: Readonly<Record<string, unknown>>): void =>
    lines.write({ level: 'warn', message, attributes: toAttributes(attributes) });
  routeDiagnostics(warn, nowMs);
  for (const { path, used, ignored } of settings.conflicts ?? []) {
    warn(`${used} and ${ignored} contradict each other: ${used} is used; unset ${ignored}`, {
      path,
    });
  }

  const refusals = createRefusals({ warn, nowMs });
  const store = createMetricStore({
    metrics: [...libraryMetrics, ...toMetricSpecs(metrics)],
    refusals,
    nowMs,
    ...config.metrics,
  });
  const sentry = startSentryWhereWanted(settings);
  const otel = otelOn
    ? await loadOpenTelemetry({
        settings,
        store,
        endpoint: findEndpoint(settings, warn),
        sentryTraces: sentry?.tracesEndpoint,
      })
    : undefined;
  const channels = [...(otel?.channels ?? []), ...(sentry === undefined ? [] : [sentry.channel])];
  const lifecycle = createLifecycle({
    channels,
    refused: refusals.total,
    off: channels.length === 0 && otel?.metricsText === undefined,
    close: () => Promise.all([otel?.close(), sentry?.close(1_000)]),
  });

  return {
    service,
    tracer: otel?.tracer ?? createIdTracer(),
    store,
    refusals,
    reported: new WeakMap(),
    externalServerSpans: otel?.externalServerSpans ?? false,
    logs: createLogs(settings, lines, otel),
    errors: createErrors(settings, sentry, otel),
    metricsText: otel?.metricsText ?? (async () => metricsOff),
    ...lifecycle,
  };
}

/** The SDK is loaded where it is used: it is most of the time that a start takes. */
async function loadOpenTelemetry(options: OpenTelemetryOptions): Promise<OpenTelemetry> {
  const { startOpenTelemetry } = await import('./start-opentelemetry.ts');
  return startOpenTelemetry(options);
}

function createLogs(
  { config }: Settings,
  lines: LogWriter,
  otel: OpenTelemetry | undefined,
): LogWriter {
  const sent = otel?.logger !== undefined && config.routing.logs === 'otel';
  return sent && otel.logger ? toAllWriters([lines, createOtelLogWriter(otel.logger)]) : lines;
}

function createErrors(
  { config }: Settings,
  sentry: ErrorDestination | undefined,
  otel: OpenTelemetry | undefined,
): ErrorDestination {
  const { errors } = config.routing;
  const asRecord = errors === 'otel' || errors === 'both';
  return {
    capture(captured) {
      if (asRecord && otel?.logger !== undefined) emitException(otel.logger, captured);
      return sentry?.capture(captured);
    },
  };
}

function startSentryWhereWanted(settings: Settings) {
  const { config, service, deployment } = settings;
  const { errors, traces } = config.routing;
  const { dsn, release } = config.sentry;
  const wanted = [errors, traces].some((route) => route === 'sentry' || route === 'both');
  if (dsn === undefined || !wanted) return undefined;
  const delivery = createDelivery('errors.sentry', () => new Date());
  const timeoutMs = config.otel.timeoutMs;
  const sentry = startSentry({
    dsn,
    environment: deployment,
    release: release ?? config.service.revision,
    serverName: findInstanceId(settings),
    service,
    delivery,
    timeoutMs,
  });
  const channel: Channel = { delivery, flush: (ms) => sentry.flush(ms) };
  const takesErrors = errors === 'sentry' || errors === 'both';
  return { ...sentry, channel, ...(takesErrors ? {} : { capture: () => undefined }) };
}

/** Told where an endpoint is missed. */
function findEndpoint(
  settings: Settings,
  warn: (message: string, attributes: Readonly<Record<string, unknown>>) => void,
): string | undefined {
  const endpoint = findOtlpEndpoint(settings);
  const { config, deployment } = settings;
  if (endpoint === undefined && config.otel.exporter === 'otlp' && deployment !== 'test') {
    warn('OTLP export is off: OTEL_EXPORTER_OTLP_ENDPOINT is not set', { environment: deployment });
  }
  return endpoint;
}

const metricsOff: MetricsText = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  body: '# metrics are off\n',
};
