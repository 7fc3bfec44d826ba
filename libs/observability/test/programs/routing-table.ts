import type { OtlpReceiver, ReceivedSpan, SentryReceiver } from '@aiq/testing';
import type { ObservabilityHealth } from '../../src/index.ts';

const routes = ['sentry', 'otel', 'both', 'none'] as const;
const signals = ['errors', 'metrics', 'traces', 'logs'] as const;
export type Signal = (typeof signals)[number];
export type Routing = Readonly<Record<Signal, (typeof routes)[number]>>;

/** What the program says of itself. */
export interface Told {
  readonly traceId: string;
  readonly spanId: string;
  readonly eventId?: string;
  readonly isSent: boolean;
  readonly metricsText: string;
  readonly health: ObservabilityHealth;
}

/** All four signals to one place. */
export const all = (route: Routing[Signal]): Routing =>
  Object.fromEntries(signals.map((signal) => [signal, route])) as Routing;
/** Four runs in which every signal meets every route, and never two signals the same one. */
export const mixed = routes.map(
  (_, run) =>
    Object.fromEntries(signals.map((signal, at) => [signal, routes[(run + at) % 4]])) as Routing,
);

export const isTo = (destination: 'sentry' | 'otel', routing: Routing, signal: Signal) =>
  routing[signal] === destination || routing[signal] === 'both';

/** Items of one type that came in envelopes, with their attributes as plain values. */
export function sentryItems(sentry: SentryReceiver, type: 'log' | 'trace_metric') {
  return sentry
    .items()
    .filter((item) => item.type === type)
    .flatMap(({ payload }) => (payload as { items: Record<string, unknown>[] }).items)
    .map((item) => {
      const typed = item['attributes'] as Record<string, { value: unknown }>;
      const attributes = Object.entries(typed).map(([key, { value }]) => [key, value]);
      return { ...item, attributes: Object.fromEntries(attributes) };
    });
}

/** What the OTLP receiver is to have got, by signal: a name for each thing, with its ids. */
export function otelGot(otlp: OtlpReceiver) {
  const made = otlp.metricValue('things.made', { kind: 'round' });
  return {
    errors: otlp
      .logs()
      .filter((log) => log.eventName === 'exception')
      .map(({ body, traceId, spanId }) => [body, traceId, spanId]),
    metrics: made === undefined ? [] : metricNames.map((name) => [name, otlp.metricValue(name)]),
    traces: otlp.spans().map(toSpanRow),
    logs: otlp
      .logs()
      .filter((log) => log.eventName !== 'exception')
      .map((log) => [log.eventName ?? log.body, log.traceId, log.spanId]),
  };
}

function toSpanRow({ name, traceId, spanId, attributes }: ReceivedSpan): unknown[] {
  return [name, traceId, spanId, attributes['signals.of']];
}

const metricNames = [
  'things.made',
  'things.quality',
  'things.size',
  'things.open',
  'things.stored',
];

export function otelExpected(
  routing: Routing,
  { traceId, spanId }: Told,
): ReturnType<typeof otelGot> {
  const to = (signal: Signal) => isTo('otel', routing, signal);
  const ids = [traceId, spanId];
  const logs = ['error captured', 'signals.recorded', 'told once'].map((name) => [name, ...ids]);
  return {
    errors: to('errors') ? [['made to fail', ...ids]] : [],
    metrics: to('metrics') ? metricNames.map((name, at) => [name, [7, 1, 12, 3, 7][at]]) : [],
    traces: to('traces') ? [['signals.made', ...ids, 'one span']] : [],
    logs: to('logs') ? logs : [],
  };
}

export function sentryGot(sentry: SentryReceiver) {
  return {
    errors: sentry.events().map(({ event_id: id, contexts }) => {
      const { trace } = contexts as { trace: Record<string, string> };
      return [id, trace['trace_id'], trace['span_id']];
    }),
    metrics: sentryItems(sentry, 'trace_metric')
      .filter(({ attributes }) => attributes['kind'] !== 'square')
      .map((item: Record<string, unknown>) => [
        ...['name', 'type', 'unit', 'value'].map((key) => item[key]),
        ...(item['type'] === 'gauge' ? [] : [item['trace_id'], item['span_id']]),
      ]),
    traces: sentry.spans().map(toSpanRow),
    logs: sentryItems(sentry, 'log').map(({ attributes, ...item }: Record<string, unknown>) => [
      item['body'],
      item['trace_id'],
      (attributes as Record<string, unknown>)['sentry.trace.parent_span_id'],
    ]),
  };
}

export function sentryExpected(routing: Routing, told: Told): ReturnType<typeof sentryGot> {
  const to = (signal: Signal) => isTo('sentry', routing, signal);
  const ids = [told.traceId, told.spanId];
  const logs = ['error captured', 'signals.recorded', 'told once'].map((name) => [name, ...ids]);
  const metrics = [
    ['things.made', 'counter', 'thing', 3, ...ids],
    ['things.made', 'counter', 'thing', 4, ...ids],
    ['things.quality', 'distribution', 'none', 0.5, ...ids],
  ];
  return {
    errors: to('errors') ? [[told.eventId, ...ids]] : [],
    metrics: to('metrics') ? metrics : [],
    traces: to('traces') ? [['signals.made', ...ids, 'one span']] : [],
    logs: to('logs') ? logs : [],
  };
}

/** States are sampled at every flush: those of the last one. */
export const statesOf = (got: ReturnType<typeof sentryGot>) =>
  got.metrics.filter(([, type]) => type === 'gauge');
export const withoutStates = (got: ReturnType<typeof sentryGot>) => ({
  ...got,
  metrics: got.metrics.filter(([, type]) => type !== 'gauge'),
});
