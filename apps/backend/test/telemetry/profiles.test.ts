import { join } from 'node:path';
import { testDatabase } from '@aiq/database/testing';
import {
  type OtlpReceiver,
  type ReceivedSpan,
  type SentryReceiver,
  type SpanNode,
  spanTree,
  startOtlpReceiver,
  startProgram,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

let otlp: OtlpReceiver;
let sentry: SentryReceiver;
let databaseUrl: string;

beforeAll(async () => {
  [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
  databaseUrl = (await testDatabase()).url('backend');
});
beforeEach(() => {
  otlp.clear();
  sentry.clear();
});
afterAll(() => Promise.all([otlp.stop(), sentry.stop()]));

async function request(paths: readonly string[], env: Readonly<Record<string, string>>) {
  const at = (file: string): string => join(import.meta.dirname, file);
  const args = ['--import', at('../../src/instrument.ts'), at('profile-program.ts'), databaseUrl];
  await using program = await startProgram('node', args, {
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url, SENTRY_DSN: sentry.dsn, ...env },
  });
  const [, url = ''] = await program.waitForLine(/"url":"([^"]+)"/, { timeoutMs: 30_000 });
  const bodies: unknown[] = [];
  for (const path of paths) bodies.push(await (await fetch(`${url}${path}`)).json());
  const end = await program.stop('SIGTERM', { timeoutMs: 30_000 });
  expect(end).toMatchObject({ code: 143, stderr: '' });
  return bodies;
}

/** The spans that stand for work of this process or for calls of others, without what frameworks add between. */
function outline(nodes: readonly SpanNode[]): string[] {
  return nodes.flatMap(({ name, kind, children }) => {
    const below = outline(children);
    return kind === 'internal' ? below : [`${kind} ${name}`, ...below.map((line) => `  ${line}`)];
  });
}

const ofTrace = (traceId: string): ReceivedSpan[] =>
  otlp.spans().filter((span) => span.traceId === traceId);

/** How many durations of queries were recorded, by their labels. */
function queryDurations(): Record<string, number> {
  const points = otlp
    .metrics()
    .filter(({ name }) => name === 'db.client.operation.duration')
    .flatMap((metric) => metric.points);
  return Object.fromEntries(
    points.map(({ attributes, count = 0 }) => [
      `${attributes['db.operation.name']} ${attributes['db.collection.name']}`,
      count,
    ]),
  );
}

// Each starts the program, and `auto` loads all there is.
describe.each(['lean', 'auto'])('the profile %s', { timeout: 90_000 }, (profile) => {
  test('gives one request one trace: one SERVER span, SQL and outgoing calls below it, each once', async () => {
    const [body] = await request(['/v1/things/42?q=1'], { OBSERVABILITY_INSTRUMENTATION: profile });

    const { traceId } = body as { traceId: string };
    expect(outline(spanTree(otlp.spans()))).toEqual([
      'server GET /v1/things/:id',
      '  client SELECT users',
      '  client SELECT questions',
      '  client GET',
      '    server GET /v1/leaf',
      '  client GET',
      '    server GET /v1/leaf',
    ]);
    expect(ofTrace(traceId)).toHaveLength(otlp.spans().length);
    const [server] = spanTree(otlp.spans());
    expect(server?.attributes).toMatchObject({
      'http.route': '/v1/things/:id',
      'http.response.status_code': 200,
    });
  });

  test('measures requests by route and queries by operation and table, sampled or not', async () => {
    await request(['/v1/things/42', '/v1/things/43'], {
      OBSERVABILITY_INSTRUMENTATION: profile,
      OTEL_TRACES_SAMPLER_ARG: '0',
    });

    expect(otlp.spans()).toEqual([]);
    const histograms = otlp.metrics().filter(({ name }) => /^http\.server\..*duration/.test(name));
    expect(histograms).toHaveLength(1);
    const count = (route: string) =>
      otlp.metricValue('http.server.request.duration', { 'http.route': route });
    expect([count('/v1/things/:id'), count('/v1/leaf')]).toEqual([2, 4]);
    expect(queryDurations()).toEqual({ 'SELECT users': 2, 'SELECT questions': 2 });
  });

  test('works beside Sentry, whose event has the ids of its request', async () => {
    await request(['/v1/broken'], { OBSERVABILITY_INSTRUMENTATION: profile });

    const [server, ...others] = otlp.spans().filter(({ kind }) => kind === 'server');
    expect(others).toEqual([]);
    expect(sentry.events()).toHaveLength(1);
    expect(sentry.events()[0]).toMatchObject({
      contexts: { trace: { trace_id: server?.traceId } },
    });
  });
});
