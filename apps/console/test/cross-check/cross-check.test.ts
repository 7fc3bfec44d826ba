import { join } from 'node:path';
import { type OtlpReceiver, runProgram, startOtlpReceiver } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningConsole, startConsole } from '../running-console.ts';

/**
 * The same bytes of the real exporters are read by the console and by a decoder that shares no code
 * with it (@elastic/mockotlpserver in libs/testing).
 */
const program = join(import.meta.dirname, 'instrumented-program.ts');

describe.for(['http/protobuf', 'http/json'])('what a program sends over %s', (protocol) => {
  let other: OtlpReceiver;
  let console: RunningConsole;

  beforeAll(async () => {
    other = await startOtlpReceiver();
    console = await startConsole({}, Date.now);
    const { code, stderr } = await runProgram('node', [program], {
      env: {
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_ENDPOINT: other.url,
        OTEL_METRIC_EXPORT_INTERVAL: '50',
        OTEL_METRIC_EXPORT_TIMEOUT: '50',
      },
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    for (const { path, contentType, body } of other.requests) {
      const response = await console.post(path, new Uint8Array(body), {
        'content-type': contentType,
      });
      expect(response.status).toBe(200);
    }
  });
  afterAll(async () => {
    await console?.[Symbol.asyncDispose]();
    await other?.stop();
  });

  test('has as many spans and logs here as there', async () => {
    const { received, rejected } = await console.get('/api/status');
    const { total, traces } = await console.get('/api/traces?name=thing.make&limit=1000');
    const logs = await console.get('/api/logs?limit=1000&text=made');

    expect(rejected).toEqual({ traces: 0, metrics: 0, logs: 0 });
    expect(received.traces).toBe(other.spans().length);
    expect(received.logs).toBe(other.logs().length);
    expect(total).toBe(500);
    expect(new Set(traces.map(({ traceId }: { traceId: string }) => traceId))).toEqual(
      new Set(other.spans().map(({ traceId }) => traceId)),
    );
    expect(logs.total).toBe(50);
  });

  test('has the sums of counters', async () => {
    const { series } = await console.get('/api/metrics/things.made');
    const from = Date.now() - 120_000;
    const increase = await console.get(
      `/api/metrics/things.made/query?function=increase&by=kind&from=${from}&to=${from + 360_000}&stepSeconds=120`,
    );
    const byKind = Object.fromEntries(
      series.map(({ labels, value }: { labels: { kind: string }; value: number }) => [
        labels.kind,
        value,
      ]),
    );

    const increases = increase.lines.map(
      ({ labels, values }: { labels: { kind: string }; values: (number | null)[] }) => [
        labels.kind,
        values.reduce<number>((total, value) => total + (value ?? 0), 0),
      ],
    );
    expect(byKind).toEqual({ square: 167, round: 333 });
    expect(increases).toEqual([
      ['round', expect.closeTo(333)],
      ['square', expect.closeTo(167)],
    ]);
    for (const kind of ['square', 'round']) {
      expect(byKind[kind]).toBe(other.metricValue('things.made', { kind }));
    }
  });

  test('has every series of every metric', async () => {
    const here = (await console.series()).length;
    const there = other.metrics().reduce((count, { points }) => count + points.length, 0);

    expect(here).toBe(there);
    expect(here).toBeGreaterThan(10);
  });

  test('has the count, the sum and the quantiles of a histogram, which hold the true ones', async () => {
    const point = other.metrics().find(({ name }) => name === 'thing.duration')?.points[0];
    const { bounds = [], bucketCounts = [], count = 0, sum = 0 } = point ?? {};
    const { series } = await console.get('/api/metrics/thing.duration');
    const from = Date.now() - 120_000;
    const { lines } = await console.get(
      `/api/metrics/thing.duration/query?from=${from}&to=${from + 240_000}&stepSeconds=120`,
    );
    const truth = Array.from({ length: 500 }, (_, made) => 0.001 * 1.015 ** made);

    expect([count, sum]).toEqual([
      500,
      expect.closeTo(
        truth.reduce((a, b) => a + b),
        6,
      ),
    ]);
    expect(series).toMatchObject([{ value: { count, sum: expect.closeTo(sum, 9) } }]);
    for (const [name, quantile] of [
      ['p50', 0.5],
      ['p95', 0.95],
      ['p99', 0.99],
    ] as const) {
      const rank = Math.ceil(quantile * 500);
      const bucket = bucketOf(bucketCounts, rank);
      const [lower = 0, upper = Number.POSITIVE_INFINITY] = [bounds[bucket - 1], bounds[bucket]];
      const shown = series[0].value[name];
      expect(shown).toBeGreaterThanOrEqual(lower);
      expect(shown).toBeLessThanOrEqual(Number.isFinite(upper) ? upper : (bounds.at(-1) ?? 0));
      expect(truth[rank - 1]).toBeGreaterThanOrEqual(lower);
      expect(truth[rank - 1]).toBeLessThanOrEqual(upper);
    }
    expect(lines.map(({ quantile }: { quantile: number }) => quantile)).toEqual([0.5, 0.95, 0.99]);
  });
});

/** The bucket in which the value of that rank lies. */
function bucketOf(counts: readonly number[], rank: number): number {
  let below = 0;
  return counts.findIndex((count) => {
    below += count;
    return below >= rank;
  });
}
