import {
  type OtlpReceiver,
  type ProgramResult,
  runProgram,
  type SentryReceiver,
  startOtlpReceiver,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compileCache, programArguments } from './arguments.ts';

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

type Variables = Readonly<Record<string, string>>;

const run = (args: readonly string[], env: Variables): Promise<ProgramResult> =>
  runProgram('node', args, {
    timeoutMs: 50_000,
    env: {
      ...compileCache,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      SENTRY_DSN: sentry.dsn,
      ...env,
    },
  });
const runSignals = (env: Variables) => run(programArguments('signals'), env);

describe('a Sentry event', () => {
  /** Grafana Explore on one trace: its panes are JSON, percent-encoded. */
  const grafana =
    'https://aiq.grafana.net/explore?schemaVersion=1&orgId=1&panes=%7B%22t%22%3A%7B%22datasource%22%3A%22tempo%22%2C%22queries%22%3A%5B%7B%22refId%22%3A%22A%22%2C%22queryType%22%3A%22traceql%22%2C%22query%22%3A%22{traceId}%22%7D%5D%7D%7D';

  test('leads to its trace in Grafana, and the span of the error leads to the event', async () => {
    await runSignals({ OBSERVABILITY_TRACE_URL: grafana });

    const [span] = otlp.spans();
    const [event, ...others] = sentry.events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      event_id: span?.attributes['sentry.event_id'],
      contexts: {
        trace: { trace_id: span?.traceId, span_id: span?.spanId },
        links: { trace_url: grafana.replace('{traceId}', span?.traceId ?? '') },
      },
    });
    expect(span?.attributes['sentry.event_id']).toMatch(/^[0-9a-f]{32}$/);
  });
});

test('a log line on standard output has the ids of its span, and no address', async () => {
  const { stdout } = await runSignals({
    OBSERVABILITY_TRACE_URL: 'https://traces.example/{traceId}',
  });

  const [span] = otlp.spans();
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    ['error captured', 'signals.recorded', 'told once'].map((message) =>
      expect.objectContaining({ message, trace_id: span?.traceId, span_id: span?.spanId }),
    ),
  );
  expect(lines.join()).not.toContain('traces.example');
});

describe('release and environment', () => {
  const revision = '0123456789abcdef0123456789abcdef01234567';
  const both = { OBSERVABILITY_LOGS: 'both', OBSERVABILITY_METRICS: 'both' };

  /** What each kind of telemetry says of them. */
  function told() {
    const resources = [
      ...otlp.spans().map(({ resource }) => resource),
      ...otlp.logs().map(({ resource }) => resource),
      ...otlp.metrics().map(({ resource }) => resource),
    ].map((resource) => [
      resource['service.version'],
      resource['vcs.ref.head.revision'],
      resource['deployment.environment.name'],
    ]);
    const events = sentry.events().map((event) => [event['release'], event['environment']]);
    const items = sentry
      .items()
      .filter(({ type }) => type === 'log' || type === 'trace_metric')
      .flatMap(({ payload }) => (payload as { items: { attributes: object }[] }).items)
      .map(({ attributes }) => attributes as Record<string, { value: unknown }>)
      .map((attributes) => [
        attributes['sentry.release']?.value,
        attributes['sentry.environment']?.value,
      ]);
    return { resources, events, items };
  }

  test.each([
    { RAILWAY_GIT_COMMIT_SHA: revision, RAILWAY_ENVIRONMENT_NAME: 'production' },
    { GIT_COMMIT: revision, ENV: 'production' },
    { GITHUB_SHA: revision, ENV: 'production' },
  ])('of %o are on spans, logs, metrics, events and items alike', async (variables) => {
    await runSignals({ ...both, ...variables });

    const { resources, events, items } = told();
    expect(new Set(resources.map(String))).toEqual(
      new Set([`0123456789ab,${revision},production`]),
    );
    expect(events).toEqual([[revision, 'production']]);
    expect(items.length).toBeGreaterThan(5);
    expect(new Set(items.map(String))).toEqual(new Set([`${revision},production`]));
  });

  test('follow OTEL_RESOURCE_ATTRIBUTES, and SENTRY_RELEASE wins for Sentry', async () => {
    await runSignals({
      ...both,
      SENTRY_RELEASE: 'aiq@7',
      OTEL_RESOURCE_ATTRIBUTES: 'service.version=1.2.3,deployment.environment.name=canary',
    });

    const { resources, events, items } = told();
    expect(new Set(resources.map(String))).toEqual(new Set(['1.2.3,,canary']));
    expect(events).toEqual([['aiq@7', 'canary']]);
    expect(new Set(items.map(String))).toEqual(new Set(['aiq@7,canary']));
  });
});

describe('a command', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const given = (flags: '00' | '01') => `00-${traceId}-b7ad6b7169203331-${flags}`;
  const runCommand = (args: readonly string[], env: Variables) =>
    run([`${import.meta.dirname}/command.ts`, ...args], env);

  test('goes on in the trace of its environment, and so does its child', async () => {
    const { code, stdout } = await runCommand(['1'], {
      TRACEPARENT: given('01'),
      TRACESTATE: 'vendor=7',
    });

    expect(code).toBe(0);
    const spans = ['1', '0'].map((children) =>
      otlp.spans().find(({ attributes }) => attributes['children'] === children),
    );
    expect(spans.map((span) => span?.traceId)).toEqual([traceId, traceId]);
    expect(spans.map((span) => span?.parentSpanId)).toEqual(['b7ad6b7169203331', spans[0]?.spanId]);
    const contexts = [...stdout.matchAll(/^context (.*)$/gm)].map(([, json = '']) =>
      JSON.parse(json),
    );
    expect(contexts).toEqual(
      spans.map((span) => ({
        traceparent: `00-${traceId}-${span?.spanId}-01`,
        tracestate: 'vendor=7',
      })),
    );
  });

  test.each([
    ['01', '0', 1],
    ['00', '1', 0],
  ] as const)(
    'obeys the sampled flag it is given (%s), not its own share (%s)',
    async (flags, ratio, spans) => {
      const variables = { TRACEPARENT: given(flags), OTEL_TRACES_SAMPLER_ARG: ratio };
      expect(await runCommand([], variables)).toMatchObject({ code: 0, stderr: '' });
      expect(otlp.spans()).toHaveLength(spans);
    },
  );

  test('that fails has its error in that trace', async () => {
    expect(await runCommand(['0', 'throw'], { TRACEPARENT: given('01') })).toMatchObject({
      code: 1,
    });
    expect(sentry.events()).toMatchObject([{ contexts: { trace: { trace_id: traceId } } }]);
  });

  test('begins a trace of its own where the given one is none', async () => {
    await runCommand([], { TRACEPARENT: 'nonsense' });
    const [span] = otlp.spans();
    expect(span?.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
    expect(span?.parentSpanId).toBeUndefined();
  });

  test('is another thing than a service, whose work begins traces of its own', async () => {
    await run(programArguments('job', 'return'), { TRACEPARENT: given('01') });
    expect(otlp.spans()).toMatchObject([{ name: 'job.run' }]);
    expect(otlp.spans()[0]?.traceId).not.toBe(traceId);
  });
});
