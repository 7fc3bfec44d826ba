import { randomBytes } from 'node:crypto';
import {
  eventually,
  type OtlpReceiver,
  type SentryReceiver,
  spanTree,
  startOtlpReceiver,
  startSentryReceiver,
  sumOfSamples,
} from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createBackendClient } from '../scripts/demo/backend-client.ts';
import { isAlive } from '../scripts/dev/processes.ts';
import { scrape } from './platform/metrics-text.ts';
import { lintMetrics, startPrometheus } from './platform/prometheus.ts';
import { countQuestionsOf } from './platform/questions-repository.ts';
import { type Platform, startPlatform } from './platform/start-platform.ts';
import { hasSystemTool } from './platform/system-tool.ts';
import { takeSession } from './platform/take-session.ts';

let otlp: OtlpReceiver;
let sentry: SentryReceiver;
let platform: Platform;

beforeAll(async () => {
  otlp = await startOtlpReceiver();
  sentry = await startSentryReceiver();
  platform = await startPlatform({
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    SENTRY_DSN: sentry.dsn,
    // Longer than the tests: metrics arrive at the end or not at all.
    OTEL_METRIC_EXPORT_INTERVAL: '3600000',
  });
});
afterAll(async () => {
  await platform?.stop();
  await otlp?.stop();
  await sentry?.stop();
});

describe('the platform, seen by independent receivers', () => {
  test('takes a fixed and an adaptive test session to its score', async () => {
    const fixed = await takeSession(platform.addresses.backend, 'fixed');
    const adaptive = await takeSession(platform.addresses.backend, 'adaptive');

    expect(fixed.scaledScore).toBeCloseTo(100 + 15 * fixed.theta, 1);
    expect(adaptive.scaledScore).toBeCloseTo(100 + 15 * adaptive.theta, 1);
    expect(adaptive.itemsAnswered).toBeGreaterThan(3);
  });

  test('gives one request one trace: one SERVER span with its route template, and SQL below it', async () => {
    const traceId = randomBytes(16).toString('hex');
    await takeSession(platform.addresses.backend, 'adaptive', (position) =>
      position === 2 ? `00-${traceId}-${randomBytes(8).toString('hex')}-00` : undefined,
    );

    const spans = await eventually(
      () => {
        const found = otlp.spans().filter((span) => span.traceId === traceId);
        return found.some((span) => span.kind === 'server') ? found : undefined;
      },
      { timeoutMs: 15_000, message: 'the trace of one answer' },
    );

    const [root, ...others] = spanTree(spans, traceId);
    expect(others).toEqual([]);
    expect(spans.filter((span) => span.kind === 'server')).toHaveLength(1);
    expect(root).toMatchObject({
      kind: 'server',
      attributes: { 'http.response.status_code': 200, 'http.request.method': 'POST' },
    });
    expect(root?.name).toBe(`POST ${root?.attributes['http.route']}`);
    expect(root?.attributes['http.route']).toMatch(/^\/v1\/test-sessions\/:\w+\/responses$/);
    const queries = spans.filter((span) => span.attributes['db.system.name'] === 'postgresql');
    expect(queries.length).toBeGreaterThan(0);
    expect(queries.every((span) => span.kind === 'client')).toBe(true);
  });

  test('gives an unexpected error one event, with the trace id the client was told', async () => {
    const client = createBackendClient(platform.addresses.backend);
    const token = platform.environment.environment['BACKEND_ADMIN_TOKEN'];
    const response = await client.send('POST', '/v1/admin/diagnostics/error', { token });
    const problem = z
      .object({ traceId: z.string() })
      .loose()
      .parse(await response.json());

    const isOurs = (event: Record<string, unknown>): boolean =>
      JSON.stringify(event['contexts'] ?? {}).includes(problem.traceId);
    await eventually(() => sentry.events().some(isOurs), { timeoutMs: 15_000, message: 'event' });

    expect(response.status).toBe(500);
    expect(JSON.stringify(problem)).not.toMatch(/\bat .*\.ts:\d+/);
    const events = sentry.events().filter(isOurs);
    expect(events).toHaveLength(1);
    const span = await eventually(
      () =>
        otlp.spans().find(({ traceId, kind }) => traceId === problem.traceId && kind === 'server'),
      { timeoutMs: 15_000, message: 'the span of the failed request' },
    );
    expect(events[0]).toMatchObject({
      contexts: { trace: { trace_id: problem.traceId, span_id: span.spanId } },
    });
    expect(span.status).toBe('error');
  });

  test('shows a client error to the client and not to Sentry', async () => {
    const { backend } = platform.addresses;
    const before = sentry.events().length;

    const unknown = await fetch(`${backend}/no/such/route`);
    const malformed = await fetch(`${backend}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{not json',
    });
    const oversized = await fetch(`${backend}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'x'.repeat(200_000) }),
    });

    expect([unknown.status, malformed.status, oversized.status]).toEqual([404, 400, 413]);
    expect(unknown.headers.get('content-type')).toContain('application/problem+json');
    const text = await scrape(backend);
    const count = (status: string): number =>
      sumOfSamples(text, 'http_server_request_duration_seconds_count', {
        http_response_status_code: status,
      });
    expect([count('404') >= 1, count('400') >= 1, count('413') >= 1]).toEqual([true, true, true]);
    expect(sentry.events()).toHaveLength(before);
  });

  test('gives a triggered run the same numbers in its summary, in /metrics and in the rows', async () => {
    const { questionService } = platform.addresses;
    const authorization = `Bearer ${platform.environment.environment['TRIGGER_TOKEN']}`;
    const before = await scrape(questionService);
    const accepted = await fetch(`${questionService}/v1/runs`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ count: 60, seed: 4_711 }),
    });
    expect(accepted.status).toBe(202);
    const { runId } = z.object({ runId: z.string() }).parse(await accepted.json());
    const run = await eventually(
      async () => {
        const answer = await fetch(`${questionService}/v1/runs/${runId}`, {
          headers: { authorization },
        });
        const body = runSchema.parse(await answer.json());
        return body.summary ? body : undefined;
      },
      { timeoutMs: 30_000, message: 'the end of the triggered run' },
    );
    const after = await scrape(questionService);
    const rows = await countQuestionsOf(platform.environment.databaseUrls.admin, runId);

    const summary = run.summary;
    expect(rows).toBe(summary?.inserted);
    const grown = (name: string): number => sumOfSamples(after, name) - sumOfSamples(before, name);
    expect(summary).toMatchObject({ requested: 60, state: 'succeeded' });
    expect({
      requested: grown('questions_requested_total'),
      generated: grown('questions_generated_total'),
      approved: grown('questions_approved_total'),
      inserted: grown('questions_inserted_total'),
    }).toEqual({
      requested: summary?.requested,
      generated: summary?.generated,
      approved: summary?.approved,
      inserted: summary?.inserted,
    });
  });
});

const runSchema = z.looseObject({
  summary: z
    .looseObject({
      requested: z.number(),
      generated: z.number(),
      approved: z.number(),
      inserted: z.number(),
      state: z.string(),
    })
    .nullish(),
});

describe.runIf(hasSystemTool('prometheus'))('a real Prometheus', () => {
  test('scrapes both services, and promtool finds nothing but names that the conventions give', async () => {
    const { backend, questionService } = platform.addresses;
    await takeSession(backend, 'fixed');
    const prometheus = await startPrometheus({ backend, 'question-service': questionService });
    try {
      const up = await prometheus.series('up == 1 and on() (count(up == 1) == 2)');
      expect(up).toHaveLength(2);
      const requests = await prometheus.series(
        'http_server_request_duration_seconds_count{http_route=~"/v1/test-sessions/.*/responses"}',
      );
      expect(Number(requests[0]?.value[1])).toBeGreaterThan(0);
      const bank = await prometheus.series('test_sessions_completed_total');
      expect(bank.length).toBeGreaterThan(0);
    } finally {
      await prometheus.stop();
    }
    // "non-histogram and non-summary metrics should not have a _count suffix": names of the semantic conventions.
    const expected = /^(db_client_connection_count|v8js_\w*_count|process_\w+_count)\b/;
    for (const url of [backend, questionService]) {
      const complaints = lintMetrics(await scrape(url));
      expect(complaints.filter((line) => !expected.test(line))).toEqual([]);
    }
  });
});

describe('the end of the platform', () => {
  test('sends the final values of the metrics after SIGTERM', async () => {
    const { backend, questionService } = platform.addresses;
    const completed = 'test.sessions.completed';
    await takeSession(backend, 'adaptive');
    const last = { backend: await scrape(backend), questionService: await scrape(questionService) };
    const counted = sumOfSamples(last.backend, 'test_sessions_completed_total');
    expect(counted).toBeGreaterThan(0);
    // The export interval is an hour: so far there is at most the zero from the start.
    expect(otlp.metricValue(completed, {}, 'aiq-backend') ?? 0).toBe(0);

    const ended = await platform.program.stop('SIGTERM', { timeoutMs: 30_000 });

    await eventually(() => !isAlive(platform.environment.pid), { timeoutMs: 20_000 });
    expect(ended.stdout).toContain('Ready after');
    expect(otlp.metricValue(completed, {}, 'aiq-backend')).toBe(counted);
    expect(otlp.metricValue('questions.served', {}, 'aiq-backend')).toBe(
      sumOfSamples(last.backend, 'questions_served_total'),
    );
    const traces = new Set(otlp.spans().map(({ traceId }) => traceId));
    const exemplars = otlp
      .metrics()
      .filter(({ name, service }) => name === completed && service === 'aiq-backend')
      .flatMap(({ points }) => points.flatMap((point) => point.exemplars));
    expect(exemplars.length).toBeGreaterThan(0);
    expect(exemplars.every(({ traceId }) => traces.has(traceId))).toBe(true);
  });
});
