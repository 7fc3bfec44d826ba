import { describe, expect, test } from 'vitest';
import type { MetricData, MetricPoint } from '../../src/store/metric-model.ts';
import { MetricStore } from '../../src/store/metric-store.ts';

const second = 1_000_000_000n;
const base: MetricPoint = {
  door: 'otlp',
  name: 'm',
  description: '',
  unit: '1',
  temporality: 'cumulative',
  resource: { service: 's', instance: 'i', attributes: {} },
  scope: { name: '', version: '' },
  labels: {},
  startNanos: 100n * second,
  timeNanos: 110n * second,
  data: { type: 'sum', monotonic: true, value: 5 },
  exemplars: [],
};
const sum = (value: number): MetricData => ({ type: 'sum', monotonic: true, value });
const at = (seconds: number, value: number, more: Partial<MetricPoint> = {}) => ({
  timeNanos: BigInt(seconds) * second,
  data: sum(value),
  ...more,
});

function seriesOf(points: readonly Partial<MetricPoint>[], historyMax = 20) {
  const store = new MetricStore({ seriesMax: 100, historyMax, bytesMax: 1e7 }, () => 1_000);
  for (const point of points) store.add({ ...base, ...point });
  const [series] = store.list();
  const gains = series?.history.map(({ fromMs, untilMs, data }) => [
    fromMs / 1000,
    untilMs / 1000,
    typeof data.value === 'number' ? data.value : data.value.count,
  ]);
  return { series, gains, counts: store.counts() };
}

describe('the history of a cumulative counter', () => {
  test('begins at its start and gains what lies between two points', () => {
    expect(seriesOf([at(110, 5), at(120, 9)]).gains).toEqual([
      [100, 110, 5],
      [110, 120, 4],
    ]);
  });

  test('of no known start gains nothing with the first point', () => {
    const startNanos = 0n;

    const { gains } = seriesOf([at(110, 500, { startNanos }), at(120, 504, { startNanos })]);

    expect(gains).toEqual([[110, 120, 4]]);
  });

  test('goes on from zero where its start moved, though the value did not fall: two runs of 48 are 96', () => {
    const { gains, series } = seriesOf([
      at(110, 48),
      at(3_710, 48, { startNanos: 3_700n * second }),
    ]);

    expect(gains).toEqual([
      [100, 110, 48],
      [3_700, 3_710, 48],
    ]);
    expect(series).toMatchObject({ data: { value: 48 }, resetCount: 1 });
  });

  test('goes on from zero where the value fell', () => {
    const { gains, counts } = seriesOf([at(110, 48), at(120, 3)]);

    expect(gains).toEqual([
      [100, 110, 48],
      [110, 120, 3],
    ]);
    expect(counts.resets).toBe(1);
  });

  test('leaves out what came late or twice', () => {
    const { gains, counts } = seriesOf([at(110, 5), at(130, 9), at(120, 7), at(130, 9)]);

    expect(gains).toEqual([
      [100, 110, 5],
      [110, 130, 4],
    ]);
    expect(counts.outOfOrder).toBe(1);
  });

  test('is one entry as long as nothing happens', () => {
    const points = [110, 120, 130, 140].map((seconds) => at(seconds, 0));

    expect(seriesOf(points).gains).toEqual([[100, 140, 0]]);
  });

  test('loses nothing when it is told in longer stretches', () => {
    const points = Array.from({ length: 1_000 }, (_, index) => at(101 + index, index + 1));

    const { gains = [] } = seriesOf(points, 16);

    expect(gains.length).toBeLessThanOrEqual(16);
    expect(gains.reduce((total, [, , gain = 0]) => total + gain, 0)).toBe(1_000);
    expect([gains[0]?.[0], gains.at(-1)?.[1]]).toEqual([100, 1_100]);
  });
});

describe('the history of deltas', () => {
  const delta = (from: number, until: number, value: number) =>
    at(until, value, { temporality: 'delta', startNanos: BigInt(from) * second });

  test('takes a late one into the gap that it left, once', () => {
    const { gains, series, counts } = seriesOf([
      delta(100, 110, 1),
      delta(120, 130, 4),
      delta(110, 120, 2),
      delta(110, 120, 2),
    ]);

    expect(gains).toEqual([
      [100, 110, 1],
      [110, 120, 2],
      [120, 130, 4],
    ]);
    expect(series).toMatchObject({ data: { value: 7 }, timeNanos: 130n * second });
    expect(counts.outOfOrder).toBe(1);
  });

  test('counts one of a single moment once, however often it is sent', () => {
    expect(seriesOf([delta(110, 110, 3), delta(110, 110, 3)]).series).toMatchObject({
      data: { value: 3 },
    });
  });

  test('leaves a gap where nothing came', () => {
    expect(seriesOf([delta(100, 110, 1), delta(200, 210, 2)]).gains).toEqual([
      [100, 110, 1],
      [200, 210, 2],
    ]);
  });
});

test('a gauge stands from its first point to its last of one value', () => {
  const gauge = (seconds: number, value: number): Partial<MetricPoint> => ({
    timeNanos: BigInt(seconds) * second,
    temporality: null,
    data: { type: 'gauge', value },
  });

  expect(seriesOf([gauge(110, 3), gauge(120, 3), gauge(130, 4)]).gains).toEqual([
    [110, 120, 3],
    [130, 130, 4],
  ]);
});

test('histograms gain bucket by bucket, and begin anew with other bounds', () => {
  const histogram = (bounds: number[], counts: number[]): MetricData => ({
    type: 'histogram',
    value: { count: counts.reduce((a, b) => a + b), sum: 1, min: 0, max: 9, bounds, counts },
  });
  const { series } = seriesOf([
    at(110, 0, { data: histogram([1], [1, 1]) }),
    at(120, 0, { data: histogram([1], [1, 4]) }),
  ]);
  const changed = seriesOf([
    at(110, 0, { data: histogram([1], [1, 1]) }),
    at(120, 0, { data: histogram([1, 2], [1, 4, 2]) }),
  ]);

  expect(series?.history.at(-1)?.data.value).toMatchObject({ count: 3, counts: [0, 3], sum: 0 });
  expect(changed.gains).toEqual([[110, 120, 7]]);
});
