import { type ExportResult, ExportResultCode, hrTimeToMilliseconds } from '@opentelemetry/core';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type {
  DataPoint,
  Histogram,
  PushMetricExporter,
  ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { describe, expect, test } from 'vitest';
import { counter, gauge, histogram, upDownCounter } from '../../src/catalogue/define-metrics.ts';
import { markStarts } from '../../src/export/start-marks.ts';
import { createMetricProducer } from '../../src/metrics/metric-producer.ts';
import { createMetricStore, toMetricSpecs } from '../../src/metrics/metric-store.ts';
import { createRefusals } from '../../src/policy/refusals.ts';

const definitions = {
  made: counter({ unit: '{thing}', description: 'Made.', labels: { kind: ['round', 'square'] } }),
  wait: histogram({ unit: 's', description: 'Wait.', buckets: [1, 2] }),
  open: upDownCounter({ unit: '{thing}', description: 'Open.' }),
  level: gauge({ unit: '1', description: 'Level.' }),
};

const refused = { code: ExportResultCode.FAILED, error: new Error('connect ECONNREFUSED') };
const late = { code: ExportResultCode.FAILED, error: new Error('no answer in time') };

/** A store whose exports go through `markStarts` to a receiver that answers as it is told. */
function start({ zeros }: { readonly zeros: number }) {
  let now = 1_000;
  const nowMs = (): number => now;
  const refusals = createRefusals({ warn: () => {}, nowMs });
  const metrics = toMetricSpecs(definitions);
  const store = createMetricStore({ metrics, refusals, nowMs, startAtZero: true });
  const producer = createMetricProducer({ store, resource: resourceFromAttributes({}), nowMs });
  let answer: ExportResult = { code: ExportResultCode.SUCCESS };
  let received: ResourceMetrics | undefined;
  const receiver: PushMetricExporter = {
    export(sent, done) {
      received = sent;
      done(answer);
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const exporter = markStarts({ exporter: receiver, startedAtMs: store.startedAtMs, zeros });

  return {
    store,
    async exportAt(atMs: number, answered: ExportResult = { code: ExportResultCode.SUCCESS }) {
      now = atMs;
      answer = answered;
      const { resourceMetrics } = await producer.collect();
      await new Promise<ExportResult>((done) => exporter.export(resourceMetrics, done));
    },
    /** The points of a metric in the last export, as `[when, value]`. */
    points: (name: string, kind?: string): [number, unknown][] =>
      (received?.scopeMetrics ?? [])
        .flatMap((scope) => scope.metrics)
        .filter((metric) => metric.descriptor.name === name)
        .flatMap((metric) => metric.dataPoints as DataPoint<number | Histogram>[])
        .filter((point) => kind === undefined || point.attributes['kind'] === kind)
        .map((point) => [hrTimeToMilliseconds(point.endTime), point.value]),
    startTimes: (name: string) =>
      (received?.scopeMetrics ?? [])
        .flatMap((scope) => scope.metrics)
        .filter((metric) => metric.descriptor.name === name)
        .flatMap((metric) => metric.dataPoints.map(({ startTime }) => startTime)),
  };
}

describe('a series that rises', () => {
  test('is preceded by zeros that follow the last export, once', async () => {
    const { store, exportAt, points } = start({ zeros: 3 });
    await exportAt(1_050);
    store.record('made', 48, { kind: 'round' });
    await exportAt(3_000);
    const rise = points('made', 'round');
    store.record('made', 1, { kind: 'round' });
    await exportAt(4_000);

    expect(rise).toEqual([
      [1_051, 0],
      [1_052, 0],
      [1_053, 0],
      [3_000, 48],
    ]);
    expect(points('made', 'round')).toEqual([[4_000, 49]]);
  });

  test('of which nothing was exported before begins at the start of the process', async () => {
    const { store, exportAt, points } = start({ zeros: 1 });
    store.record('made', 48, { kind: 'round' });
    await exportAt(3_000);

    expect(points('made', 'round')).toEqual([
      [1_001, 0],
      [3_000, 48],
    ]);
    expect(points('made', 'square')).toEqual([[3_000, 0]]);
  });

  test('as a histogram begins with empty buckets', async () => {
    const { store, exportAt, points } = start({ zeros: 1 });
    store.record('wait', 1.5, {});
    await exportAt(3_000);

    const buckets = { boundaries: [1, 2], counts: [0, 0, 0] };
    expect(points('wait')[0]).toEqual([1_001, { buckets, sum: 0, count: 0 }]);
    expect(points('wait')[1]).toMatchObject([3_000, { sum: 1.5, count: 1 }]);
  });

  test('has no more zeros than there is time for, and none in the time of an export before', async () => {
    const { store, exportAt, points } = start({ zeros: 30 });
    await exportAt(1_050);
    store.record('made', 1, { kind: 'round' });
    await exportAt(1_053);

    expect(points('made', 'round').map(([atMs]) => atMs)).toEqual([1_051, 1_052, 1_053]);
  });

  test('after hours without an export has zeros that a receiver still takes', async () => {
    const { store, exportAt, points } = start({ zeros: 1 });
    store.record('made', 1, { kind: 'round' });
    await exportAt(7_200_000);

    expect(points('made', 'round')[0]).toEqual([7_200_000 - 600_000 + 1, 0]);
  });
});

describe('an export that failed', () => {
  test('and was not taken is followed by one that tells the start', async () => {
    const { store, exportAt, points } = start({ zeros: 1 });
    store.record('made', 48, { kind: 'round' });
    await exportAt(2_000, refused);
    await exportAt(3_000);

    expect(points('made', 'round')).toEqual([
      [2_001, 0],
      [3_000, 48],
    ]);
  });

  test('and may have been taken is not followed by a second start', async () => {
    const { store, exportAt, points } = start({ zeros: 1 });
    store.record('made', 48, { kind: 'round' });
    await exportAt(2_000, late);
    await exportAt(3_000);

    expect(points('made', 'round')).toEqual([[3_000, 48]]);
  });
});

test('what does not count up is left as it is, and a gauge has no start', async () => {
  const { store, exportAt, points, startTimes } = start({ zeros: 3 });
  store.record('open', 5, {});
  store.record('level', 0.5, {});
  await exportAt(3_000);

  expect(points('open')).toEqual([[3_000, 5]]);
  expect(points('level')).toEqual([[3_000, 0.5]]);
  expect(startTimes('level')).toEqual([[0, 0]]);
  expect(startTimes('open')).toEqual([[1, 0]]);
});
