import { context, SpanKind as OtelSpanKind, SpanStatusCode } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { defineMetrics, type MetricDefinitions } from '../catalogue/define-metrics.ts';
import { createFacade } from '../facade.ts';
import { toMetricsText } from '../metrics/exposition.ts';
import { libraryMetrics } from '../metrics/library-metrics.ts';
import type { Labels } from '../metrics/metric.ts';
import { createMetricProducer } from '../metrics/metric-producer.ts';
import { createMetricStore, toMetricSpecs } from '../metrics/metric-store.ts';
import type { AttributeValue, Observability, SpanKind } from '../observability.ts';
import type { CapturedError, LogRecord } from '../parts.ts';
import { createRefusals } from '../policy/refusals.ts';
import { createPublicEdgeSampler } from '../traces/public-edge-sampler.ts';
import { createMetricQuery, type RecordedSeries } from './metric-query.ts';

/** A span as it ended. */
export interface FinishedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly traceId: string;
  readonly spanId: string;
  /** Absent for a root span. */
  readonly parentSpanId?: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly status: 'unset' | 'ok' | 'error';
  readonly durationMs: number;
}

/** An error as it was captured, with the ids that Sentry would get. */
export interface CapturedTestError extends CapturedError {
  readonly traceId?: string;
  readonly spanId?: string;
}

export interface TestEvent {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface TestObservability<Metrics extends MetricDefinitions> {
  readonly observability: Observability<Metrics>;
  /**
   * A counter's sum, a gauge's last value or a histogram's count, over the series that carry the labels.
   * 0 where there is none. Observed gauges: `await collect()` first.
   */
  metric(name: string, labels?: Labels): number;
  /** Every series that something was recorded into. */
  recorded(): readonly RecordedSeries[];
  /** Asks the gauges' observers, so that `metric` sees what they say now. */
  collect(): Promise<void>;
  spans(): readonly FinishedSpan[];
  errors(): readonly CapturedTestError[];
  events(): readonly TestEvent[];
  logs(): readonly LogRecord[];
  /** Calls that were refused: unknown names, values that are not finite, unexpected labels. */
  refused(): number;
  reset(): void;
}

/** Telemetry in memory: the facade and the series of production, without network or start-up. */
export function createTestObservability<
  const Metrics extends MetricDefinitions = Record<never, never>,
>(options: {
  readonly service: string;
  readonly metrics?: Metrics;
  readonly startAtZero?: boolean;
}): TestObservability<Metrics> {
  const { service, startAtZero = false } = options;
  const metrics = options.metrics ?? defineMetrics({});
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

  const exporter = new InMemorySpanExporter();
  const resource = resourceFromAttributes({ 'service.name': service });
  const provider = new TracerProvider({
    resource,
    sampler: createPublicEdgeSampler(1),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const logs: LogRecord[] = [];
  const errors: CapturedTestError[] = [];
  const nowMs = Date.now;
  const refusals = createRefusals({ warn: () => {}, nowMs });
  const specs = [...libraryMetrics, ...toMetricSpecs(metrics)];
  const store = createMetricStore({ metrics: specs, refusals, nowMs, startAtZero });
  const producer = createMetricProducer({ store, resource, nowMs });
  const query = createMetricQuery(store);

  const observability = createFacade<Metrics>({
    service,
    tracer: provider.getTracer('@aiq/observability'),
    store,
    refusals,
    reported: new WeakMap(),
    externalServerSpans: false,
    serviceKey: undefined,
    logs: { write: (record) => logs.push(record) },
    errors: {
      capture: (captured) => {
        errors.push({ ...captured, ...observability.activeTrace() });
        return undefined;
      },
    },
    metricsText: async (accept) =>
      toMetricsText((await producer.collect()).resourceMetrics, accept),
    health: () => ({
      status: 'ok',
      signals: {},
      refused: refusals.total(),
      refusals: refusals.byReason(),
      overflowed: store.overflowed(),
    }),
    flush: async () => true,
    shutdown: async () => true,
  });

  return {
    observability,
    metric: query.metric,
    recorded: query.recorded,
    collect: query.collect,
    spans: () => exporter.getFinishedSpans().map(toFinishedSpan),
    errors: () => [...errors],
    events: () => logs.flatMap((record) => toEvent(record)),
    logs: () => logs.filter((record) => record.eventName === undefined),
    refused: () => refusals.total(),
    reset() {
      exporter.reset();
      logs.length = 0;
      errors.length = 0;
      store.clear();
      query.reset();
    },
  };
}

function toFinishedSpan(span: ReadableSpan): FinishedSpan {
  const { traceId, spanId } = span.spanContext();
  const parentSpanId = span.parentSpanContext?.spanId;
  return {
    name: span.name,
    kind: kindNames[span.kind],
    traceId,
    spanId,
    ...(parentSpanId === undefined ? {} : { parentSpanId }),
    attributes: span.attributes as Readonly<Record<string, AttributeValue>>,
    status: statusNames[span.status.code],
    durationMs: hrTimeToMilliseconds(span.duration),
  };
}

function toEvent(record: LogRecord): TestEvent[] {
  return record.eventName === undefined
    ? []
    : [{ name: record.eventName, body: record.body ?? {} }];
}

const kindNames: Readonly<Record<OtelSpanKind, SpanKind>> = {
  [OtelSpanKind.INTERNAL]: 'internal',
  [OtelSpanKind.SERVER]: 'server',
  [OtelSpanKind.CLIENT]: 'client',
  [OtelSpanKind.PRODUCER]: 'producer',
  [OtelSpanKind.CONSUMER]: 'consumer',
};

const statusNames: Readonly<Record<SpanStatusCode, FinishedSpan['status']>> = {
  [SpanStatusCode.UNSET]: 'unset',
  [SpanStatusCode.OK]: 'ok',
  [SpanStatusCode.ERROR]: 'error',
};
