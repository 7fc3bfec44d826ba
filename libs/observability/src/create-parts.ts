import type { MetricDefinitions } from './catalogue/define-metrics.ts';
import { type CommandSlot, takeCommandSlot } from './config/command-slot.ts';
import { findOtlpEndpoint } from './config/endpoint.ts';
import { findInstanceId } from './config/instance-id.ts';
import type { Settings } from './config/settings.ts';
import { routeDiagnostics } from './diag-warnings.ts';
import { createLifecycle } from './lifecycle.ts';
import { createLineWriter } from './logs/line-writer.ts';
import { createOtelLogWriter, emitException, toAllWriters } from './logs/otel-writer.ts';
import { createDisabledStore } from './metrics/disabled-store.ts';
import { libraryMetrics } from './metrics/library-metrics.ts';
import { createMetricStore, toMetricSpecs } from './metrics/metric-store.ts';
import { observeSelf, selfMetrics } from './metrics/self-metrics.ts';
import type { MetricsText } from './observability.ts';
import type { ErrorDestination, LogWriter, Parts } from './parts.ts';
import { toAttributes } from './policy/attributes.ts';
import { createRefusals } from './policy/refusals.ts';
import { goesTo } from './policy/routing.ts';
import { connectSentry, type SentryConnection } from './sentry/connect-sentry.ts';
import type { OpenTelemetry, OpenTelemetryOptions } from './start-opentelemetry.ts';
import { createIdTracer } from './traces/id-tracer.ts';
import { createTraceLink } from './traces/trace-link.ts';

export interface PartsOptions {
  readonly settings: Settings;
  readonly metrics: MetricDefinitions;
  readonly logStream: 'stdout' | 'stderr';
}

/** The composition root: settings → destinations → parts. */
export async function createParts(options: PartsOptions): Promise<Parts> {
  const { metrics, logStream } = options;
  const slot = takeSlot(options.settings);
  const settings = { ...options.settings, commandSlot: slot?.index };
  const { config, service } = settings;
  const otelOn = isOtelOn(settings);
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
  if (slot !== undefined && slot.index === undefined) {
    warn('no slot is free for this command: its series may be those of another that runs now', {
      'service.instance.id': findInstanceId(settings),
    });
  }

  const refusals = createRefusals({ warn, nowMs });
  const sentry = connectSentry(settings, nowMs);
  const hasReaders = otelOn || sentry?.onRecord !== undefined;
  const store = hasReaders
    ? createMetricStore({
        metrics: [...libraryMetrics, ...selfMetrics, ...toMetricSpecs(metrics)],
        refusals,
        nowMs,
        onRecord: sentry?.onRecord,
        ...config.metrics,
      })
    : createDisabledStore(nowMs());
  sentry?.watch(store);
  const otel = otelOn
    ? await loadOpenTelemetry({
        settings,
        store,
        endpoint: findEndpoint(settings, warn),
        sentryTraces: sentry?.tracesEndpoint,
      })
    : undefined;
  const channels = [...(otel?.channels ?? []), ...(sentry?.channels ?? [])];
  const lifecycle = createLifecycle({
    channels,
    refused: () => ({
      refused: refusals.total(),
      refusals: refusals.byReason(),
      overflowed: store.overflowed(),
    }),
    off: channels.length === 0 && otel?.metricsText === undefined,
    close: () => Promise.all([otel?.close(), sentry?.close(1_000)]).finally(() => slot?.release()),
  });

  observeSelf(store, lifecycle.health);

  return {
    service,
    tracer: otel?.tracer ?? createIdTracer(),
    store,
    refusals,
    reported: new WeakMap(),
    externalServerSpans: otel?.externalServerSpans ?? false,
    serviceKey: config.traces.serviceKey,
    inherited: settings.inherited,
    logs: createLogs(settings, lines, { otel, sentry }),
    errors: createErrors(settings, { otel, sentry }),
    traceLink: createTraceLink(settings),
    metricsText: otel?.metricsText ?? (async () => metricsOff),
    ...lifecycle,
  };
}

function takeSlot(settings: Settings): CommandSlot | undefined {
  const { config, isCommand, service } = settings;
  return isCommand && isOtelOn(settings)
    ? takeCommandSlot(config.service.name ?? service)
    : undefined;
}

function isOtelOn({ config }: Settings): boolean {
  return config.enabled && !config.disabled;
}

/** The SDK is loaded where it is used: it is most of the time that a start takes. */
async function loadOpenTelemetry(options: OpenTelemetryOptions): Promise<OpenTelemetry> {
  const { startOpenTelemetry } = await import('./start-opentelemetry.ts');
  return startOpenTelemetry(options);
}

interface Destinations {
  readonly otel: OpenTelemetry | undefined;
  readonly sentry: SentryConnection | undefined;
}

function createLogs(
  { config }: Settings,
  lines: LogWriter,
  { otel, sentry }: Destinations,
): LogWriter {
  const writers = [lines];
  if (otel?.logger !== undefined && goesTo(config.routing.logs, 'otel')) {
    writers.push(createOtelLogWriter(otel.logger));
  }
  if (sentry?.logs !== undefined) writers.push(sentry.logs);
  return writers.length === 1 ? lines : toAllWriters(writers);
}

function createErrors({ config }: Settings, { otel, sentry }: Destinations): ErrorDestination {
  const asRecord = goesTo(config.routing.errors, 'otel');
  return {
    capture(captured) {
      if (asRecord && otel?.logger !== undefined) emitException(otel.logger, captured);
      return sentry?.errors?.capture(captured);
    },
  };
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
