import {
  type OtlpReceiver,
  runProgram,
  type SentryReceiver,
  startOtlpReceiver,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ObservabilityHealth } from '../../src/index.ts';
import { compileCache, programArguments } from './arguments.ts';

const routes = ['sentry', 'otel', 'both', 'none'] as const;
const signals = ['errors', 'metrics', 'traces', 'logs'] as const;
type Signal = (typeof signals)[number];
type Routing = Readonly<Record<Signal, (typeof routes)[number]>>;

/** What the program says of itself. */
interface Told {
  readonly traceId: string;
  readonly spanId: string;
  readonly eventId?: string;
  readonly isSent: boolean;
  readonly metricsText: string;
  readonly health: ObservabilityHealth;
}

let otlp: OtlpReceiver;
let sentry: SentryReceiver;

beforeAll(async () => {
  [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
});
beforeEach(() => {
  otlp.clear();
  sentry.clear();
});
afterAll(() => Promise.all([otlp.stop(), sentry.stop()]));

/** All four signals to one place. */
const all = (route: Routing[Signal]): Routing =>
  Object.fromEntries(signals.map((signal) => [signal, route])) as Routing;
/** Four runs in which every signal meets every route, and never two signals the same one. */
const mixed = routes.map(
  (_, run) =>
    Object.fromEntries(signals.map((signal, at) => [signal, routes[(run + at) % 4]])) as Routing,
);

async function run(routing: Routing, env: Readonly<Record<string, string>> = {}): Promise<Told> {
  const result = await runProgram('node', programArguments('signals'), {
    timeoutMs: 20_000,
    env: {
      ...compileCache,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      SENTRY_DSN: sentry.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '1',
      OBSERVABILITY_ERRORS: routing.errors,
      OBSERVABILITY_METRICS: routing.metrics,
      OBSERVABILITY_TRACES: routing.traces,
      OBSERVABILITY_LOGS: routing.logs,
      ...env,
    },
  });
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(`${result.stdout}${everything()}`).not.toContain('hunter2');
  return JSON.parse(/^told (.*)$/m.exec(result.stdout)?.[1] ?? '{}');
}

const everything = () =>
  JSON.stringify([otlp.spans(), otlp.logs(), otlp.metrics(), sentry.items(), sentry.spans()]);

const isTo = (destination: 'sentry' | 'otel', routing: Routing, signal: Signal) =>
  routing[signal] === destination || routing[signal] === 'both';

/** Items of one type that came in envelopes, with their attributes as plain values. */
function sentryItems(type: 'log' | 'trace_metric') {
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
function otelGot() {
  const made = otlp.metricValue('things.made', { kind: 'round' });
  return {
    errors: otlp
      .logs()
      .filter((log) => log.eventName === 'exception')
      .map(({ body, traceId, spanId }) => [body, traceId, spanId]),
    metrics: made === undefined ? [] : metricNames.map((name) => [name, otlp.metricValue(name)]),
    traces: otlp.spans().map(({ name, traceId, spanId }) => [name, traceId, spanId]),
    logs: otlp
      .logs()
      .filter((log) => log.eventName !== 'exception')
      .map((log) => [log.eventName ?? log.body, log.traceId, log.spanId]),
  };
}

const metricNames = [
  'things.made',
  'things.quality',
  'things.size',
  'things.open',
  'things.stored',
];

function otelExpected(routing: Routing, { traceId, spanId }: Told): ReturnType<typeof otelGot> {
  const to = (signal: Signal) => isTo('otel', routing, signal);
  const ids = [traceId, spanId];
  const logs = ['error captured', 'signals.recorded', 'told once'].map((name) => [name, ...ids]);
  return {
    errors: to('errors') ? [['made to fail', ...ids]] : [],
    metrics: to('metrics') ? metricNames.map((name, at) => [name, [7, 1, 12, 3, 7][at]]) : [],
    traces: to('traces') ? [['signals.made', ...ids]] : [],
    logs: to('logs') ? logs : [],
  };
}

function sentryGot() {
  return {
    errors: sentry.events().map(({ event_id: id, contexts }) => {
      const { trace } = contexts as { trace: Record<string, string> };
      return [id, trace['trace_id'], trace['span_id']];
    }),
    metrics: sentryItems('trace_metric')
      .filter(({ attributes }) => attributes['kind'] !== 'square')
      .map((item: Record<string, unknown>) => [
        ...['name', 'type', 'unit', 'value'].map((key) => item[key]),
        ...(item['type'] === 'gauge' ? [] : [item['trace_id'], item['span_id']]),
      ]),
    traces: sentry.spans().map(({ name, traceId, spanId }) => [name, traceId, spanId]),
    logs: sentryItems('log').map(({ attributes, ...item }: Record<string, unknown>) => [
      item['body'],
      item['trace_id'],
      (attributes as Record<string, unknown>)['sentry.trace.parent_span_id'],
    ]),
  };
}

function sentryExpected(routing: Routing, told: Told): ReturnType<typeof sentryGot> {
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
    traces: to('traces') ? [['signals.made', ...ids]] : [],
    logs: to('logs') ? logs : [],
  };
}

/** States are sampled at every flush: those of the last one. */
const statesOf = (got: ReturnType<typeof sentryGot>) =>
  got.metrics.filter(([, type]) => type === 'gauge');
const withoutStates = (got: ReturnType<typeof sentryGot>) => ({
  ...got,
  metrics: got.metrics.filter(([, type]) => type !== 'gauge'),
});

describe('routing', () => {
  test.each([...mixed, all('both'), all('none')])(
    'errors $errors, metrics $metrics, traces $traces, logs $logs: all arrives where it should, nothing where it should not',
    async (routing) => {
      const told = await run(routing);

      expect(told.isSent).toBe(true);
      expect(otelGot()).toEqual(otelExpected(routing, told));
      const got = sentryGot();
      expect(withoutStates(got)).toEqual(sentryExpected(routing, told));
      const states = isTo('sentry', routing, 'metrics')
        ? [
            ['things.open', 'gauge', 'thing', 3],
            ['things.size', 'gauge', 'byte', 12],
            ['things.stored', 'gauge', 'thing', 7],
          ]
        : [];
      expect(statesOf(got).filter(([name]) => String(name).startsWith('things'))).toEqual(
        expect.arrayContaining(states),
      );
      expect(statesOf(got).length > 0).toBe(states.length > 0);
      expect(told.eventId !== undefined).toBe(isTo('sentry', routing, 'errors'));
      expect(told.metricsText.includes('things_made_total')).toBe(isTo('otel', routing, 'metrics'));
      expect(told.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    },
  );

  test('Sentry items carry names, labels, release and environment, and no secret', async () => {
    await run(all('sentry'), { SENTRY_RELEASE: 'aiq@7' });
    const common = { 'sentry.release': 'aiq@7', 'sentry.environment': 'development' };
    expect(sentryItems('trace_metric')).toContainEqual(
      expect.objectContaining({
        attributes: expect.objectContaining({ ...common, kind: 'round' }),
      }),
    );
    expect(sentryItems('log')).toMatchObject([
      { level: 'error' },
      { level: 'info', attributes: { ...common, 'event.name': 'signals.recorded', made: 7 } },
      { level: 'info', attributes: { ...common, made: 7, 'service.name': 'aiq-program' } },
    ]);
    expect(otlp.requests).toEqual([]);
  });
});

describe('a backend that is switched off', () => {
  test('OpenTelemetry: Sentry still gets errors, metrics and logs, with ids', async () => {
    const told = await run(all('both'), { OTEL_SDK_DISABLED: 'true' });
    const expected = sentryExpected(all('both'), told);
    expect(otlp.requests).toEqual([]);
    // Spans come from the pipeline that was switched off.
    expect(withoutStates(sentryGot())).toEqual({ ...expected, traces: [] });
  });

  test('Sentry: OpenTelemetry still gets everything', async () => {
    const told = await run(all('both'), { SENTRY_DSN: '' });
    expect(sentry.requests).toEqual([]);
    expect(sentry.otlpRequests).toEqual([]);
    expect(otelGot()).toEqual(otelExpected(all('both'), told));
  });

  test('both: the program does the same, and still has ids', async () => {
    const told = await run(all('both'), { OTEL_SDK_DISABLED: 'true', SENTRY_DSN: '' });
    expect([otlp.requests, sentry.requests, sentry.otlpRequests]).toEqual([[], [], []]);
    expect(told.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    expect(told.health.status).toBe('off');
  });
});

describe('exporters', () => {
  test.each([
    ['http/protobuf', 'application/x-protobuf', 'http'],
    ['http/json', 'application/json', 'http'],
    ['grpc', 'application/grpc', 'grpc'],
  ])('otlp over %s carries every signal', async (protocol, contentType, transport) => {
    const endpoint = transport === 'grpc' ? otlp.grpcUrl : otlp.url;
    const told = await run(all('otel'), {
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    });
    expect(otelGot()).toEqual(otelExpected(all('otel'), told));
    expect(new Set(otlp.requests.map((request) => request.transport))).toEqual(
      new Set([transport]),
    );
    for (const request of otlp.requests) expect(request.contentType).toContain(contentType);
    expect(new Set(otlp.requests.map(({ path }) => path)).size).toBe(3);
    expect(sentry.requests).toEqual([]);
  });

  test('console writes every signal to standard output and sends nothing', async () => {
    const result = await runProgram('node', programArguments('signals'), {
      env: { ...compileCache, OTEL_EXPORTER: 'console', OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url },
    });
    expect(result.code).toBe(0);
    for (const shown of ["name: 'signals.made'", "name: 'things.made'", "eventName: 'signals."]) {
      expect(result.stdout).toContain(shown);
    }
    expect(otlp.requests).toEqual([]);
  });

  test('none sends nothing by OpenTelemetry, and is still scraped', async () => {
    const told = await run(all('both'), { OTEL_EXPORTER: 'none' });
    expect(otlp.requests).toEqual([]);
    expect(told.metricsText).toContain('things_made_total{kind="round"} 7');
    expect(withoutStates(sentryGot())).toEqual(sentryExpected(all('both'), told));
  });
});
