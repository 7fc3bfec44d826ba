import {
  eventually,
  formatSpanTree,
  type OtlpReceiver,
  type SentryReceiver,
  spanTree,
  startOtlpReceiver,
  startProgram,
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

async function startServer(env: Record<string, string>) {
  const program = await startProgram('node', programArguments('server'), {
    env: { ...compileCache, OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url, SENTRY_DSN: sentry.dsn, ...env },
  });
  const [, url = ''] = await program.waitForLine(/"url":"([^"]+)"/, { timeoutMs: 30_000 });
  return {
    url,
    /** All was sent, or it says what was not. */
    stop: async () => {
      const end = await program.stop('SIGTERM', { timeoutMs: 30_000 });
      expect(end).toMatchObject({ code: 143, stderr: '' });
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

const serverSpans = () => otlp.spans().filter((span) => span.kind === 'server');

describe.each(['lean', 'auto'])('profile %s', (profile) => {
  test('gives one SERVER span a request, with its route, and one duration', async () => {
    await using server = await startServer({ OBSERVABILITY_INSTRUMENTATION: profile });
    const { traceId } = (await (await fetch(`${server.url}/v1/things/42`)).json()) as {
      traceId: string;
    };
    const missing = await fetch(`${server.url}/v1/nothing`);
    expect(missing.status).toBe(404);
    await server.stop();

    expect(serverSpans().map((span) => span.name)).toEqual(['GET /v1/things/:id', 'GET']);
    expect(serverSpans()[0]).toMatchObject({
      traceId,
      attributes: { 'http.route': '/v1/things/:id', 'http.response.status_code': 200 },
    });
    const durations = { 'http.request.method': 'GET' };
    expect(otlp.metricValue('http.server.request.duration', durations)).toBe(2);
    expect(
      otlp.metricValue('http.server.request.duration', { 'http.route': '/v1/things/:id' }),
    ).toBe(1);
  });
});

describe('a service', () => {
  test('carries one trace through its outgoing calls, and never traces its exports', async () => {
    await using server = await startServer({
      OBSERVABILITY_TRACES: 'both',
      SENTRY_TRACES_SAMPLE_RATE: '1',
    });
    const { traceId } = (await (await fetch(`${server.url}/v1/calls`)).json()) as {
      traceId: string;
    };
    await server.stop();
    expect(new Set(otlp.spans().map((span) => span.traceId))).toEqual(new Set([traceId]));
    expect(
      formatSpanTree(spanTree(otlp.spans()))
        .replaceAll(/ +[\d.]+ (?:µs|ms|s)$/gm, '')
        .split('\n'),
    ).toEqual([
      'GET /v1/calls  SERVER  [aiq-program]',
      '├─ GET  CLIENT',
      '│  └─ GET /v1/things/:id  SERVER',
      '└─ GET  CLIENT',
      '   └─ GET /v1/things/:id  SERVER',
    ]);
    expect(
      sentry
        .spans()
        .map((span) => span.spanId)
        .sort(),
    ).toEqual(
      otlp
        .spans()
        .map((span) => span.spanId)
        .sort(),
    );
    expect(JSON.stringify(sentry.otlpRequests[0]?.headers)).toContain('sentry_key=publickey');
    expect(sentry.items().filter((item) => item.type !== 'event')).toEqual([]);
  });

  test('sends spans to Sentry alone where they are routed there', async () => {
    await using server = await startServer({
      OBSERVABILITY_TRACES: 'sentry',
      SENTRY_TRACES_SAMPLE_RATE: '1',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20c2VjcmV0',
    });
    await fetch(`${server.url}/v1/things/42`);
    await server.stop();
    expect(otlp.spans()).toEqual([]);
    expect(sentry.spans().map((span) => span.name)).toEqual(['GET /v1/things/:id']);
    expect(sentry.otlpRequests[0]?.headers).not.toHaveProperty('authorization');
    expect(otlp.requests[0]?.headers).toHaveProperty('authorization', 'Basic c2VjcmV0');
  });

  test('links a failed request and its Sentry event, sends the error to both where told', async () => {
    await using server = await startServer({ OBSERVABILITY_ERRORS: 'both' });
    const reply = await fetch(`${server.url}/v1/broken`);
    expect(reply.status).toBe(500);
    await eventually(() => sentry.events().length > 0);
    await server.stop();
    const [span] = serverSpans();
    const [event] = sentry.events();
    expect(sentry.events()).toHaveLength(1);
    expect(event).toMatchObject({
      contexts: { trace: { trace_id: span?.traceId, span_id: span?.spanId } },
    });
    expect(span).toMatchObject({
      status: 'error',
      attributes: { 'sentry.event_id': event?.['event_id'] },
    });
    expect(otlp.logs()).toContainEqual(
      expect.objectContaining({ eventName: 'exception', traceId: span?.traceId }),
    );
  });

  test('prints the names that the same metrics have by OTLP', async () => {
    await using server = await startServer({});
    await fetch(`${server.url}/v1/things/42`);
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toMatch(
      /^http_server_request_duration_seconds_count\{.*http_route="\/v1\/things\/:id".*\} 1$/m,
    );
    expect(text).toMatch(/^things_made_total\{kind="round"\} 0$/m);
    expect(text).toMatch(/^target_info\{.*service_name="aiq-program".*\} 1$/m);
    expect(text).toMatch(/^nodejs_eventloop_/m);
    expect(text).not.toContain('otel_scope');
    await server.stop();
  });
});
