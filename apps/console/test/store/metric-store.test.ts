import { describe, expect, test } from 'vitest';
import type { MetricData, MetricPoint } from '../../src/store/metric-model.ts';
import { MetricStore } from '../../src/store/metric-store.ts';

const resource = { service: 's', instance: 'i', attributes: {} };
const basePoint: MetricPoint = {
  door: 'otlp',
  name: 'm',
  description: '',
  unit: '1',
  temporality: 'cumulative',
  resource,
  scope: { name: '', version: '' },
  labels: { a: '1', b: '2' },
  startNanos: 1n,
  timeNanos: 10n,
  data: { type: 'sum', monotonic: true, value: 5 },
  exemplars: [],
};
const sum = (value: number): MetricData => ({ type: 'sum', monotonic: true, value });

function storeWith(points: readonly Partial<MetricPoint>[]): MetricStore {
  const store = new MetricStore({ seriesMax: 100, historyMax: 20, bytesMax: 1e7 }, () => 1_000);
  for (const point of points) store.add({ ...basePoint, ...point });
  return store;
}

test('a cumulative point replaces the one before, a late one is left out', () => {
  const store = storeWith([
    { timeNanos: 10n, data: sum(5) },
    { timeNanos: 30n, data: sum(9) },
    { timeNanos: 20n, data: sum(7) },
  ]);

  const [series] = store.list({});
  expect(series).toMatchObject({ data: { value: 9 }, timeNanos: 30n, updatedAtMs: 1_000 });
  expect(store.counts()).toMatchObject({ stored: 1, outOfOrder: 1 });
});

test('deltas add up from the first start, a retried one counts once', () => {
  const store = storeWith(
    [
      { startNanos: 1n, timeNanos: 10n, data: sum(5) },
      { startNanos: 10n, timeNanos: 20n, data: sum(3) },
      { startNanos: 10n, timeNanos: 20n, data: sum(3) },
    ].map((point) => ({ ...point, temporality: 'delta' as const })),
  );

  expect(store.list({})).toMatchObject([{ data: { value: 8 }, startNanos: 1n, timeNanos: 20n }]);
});

test('delta histograms add up bucket by bucket, and begin anew with other bounds', () => {
  const histogram = (bounds: number[], counts: number[]): MetricData => ({
    type: 'histogram',
    value: { count: 3, sum: 1.5, min: 0.1, max: counts.length, bounds, counts },
  });
  const delta = (timeNanos: bigint, data: MetricData) =>
    ({ temporality: 'delta', timeNanos, data }) as const;

  const added = storeWith([
    delta(10n, histogram([1], [2, 1])),
    delta(20n, histogram([1], [0, 3])),
  ]).list({});
  const changed = storeWith([
    delta(10n, histogram([1], [2, 1])),
    delta(20n, histogram([1, 2], [0, 3, 0])),
  ]).list({});

  expect(added[0]?.data.value).toEqual({
    count: 6,
    sum: 3,
    min: 0.1,
    max: 2,
    bounds: [1],
    counts: [2, 4],
  });
  expect(changed[0]?.data.value).toMatchObject({ count: 3, counts: [0, 3, 0] });
});

describe('a series', () => {
  test('does not depend on the order of its labels', () => {
    const store = storeWith([{}, { labels: { b: '2', a: '1' }, timeNanos: 11n }]);

    expect(store.list({})).toHaveLength(1);
  });

  test.for<[string, Partial<MetricPoint>]>([
    ['instance', { resource: { ...resource, instance: 'other' } }],
    ['service', { resource: { ...resource, service: 'other' } }],
    ['label value', { labels: { a: '1', b: '3' } }],
    ['label type', { labels: { a: 1, b: '2' } }],
    ['kind of metric', { data: { type: 'gauge', value: 1 } }],
  ])('of another %s is another', ([, other]) => {
    expect(storeWith([{}, other]).list({})).toHaveLength(2);
  });
});

test('keeps the newest exemplars, each once', () => {
  const exemplar = (n: number) => ({
    value: n,
    timeNanos: BigInt(n),
    traceId: null,
    spanId: null,
    attributes: {},
  });
  const store = storeWith([
    { timeNanos: 1n, exemplars: [exemplar(1), exemplar(2)] },
    { timeNanos: 2n, exemplars: [exemplar(2), exemplar(3)] },
    { timeNanos: 3n, exemplars: [] },
  ]);

  const values = store.list({})[0]?.exemplars.map(({ value }) => value);
  expect(values).toEqual([1, 2, 3]);
});

test('lists by name and by service', () => {
  const store = storeWith([{}, { name: 'other' }]);

  expect(store.list({ name: 'other' })).toMatchObject([{ name: 'other' }]);
  expect(store.list({ service: 'nobody' })).toEqual([]);
});
