import { beforeEach, describe, expect, test } from 'vitest';
import { counter, gauge, histogram, upDownCounter } from '../../src/catalogue/define-metrics.ts';
import {
  createMetricStore,
  type MetricStore,
  toMetricSpecs,
} from '../../src/metrics/metric-store.ts';
import { createRefusals, type Refusals } from '../../src/policy/refusals.ts';

const definitions = {
  made: counter({ unit: '{thing}', description: 'Made.', labels: { kind: ['round', 'square'] } }),
  open: upDownCounter({ unit: '{thing}', description: 'Open.' }),
  level: gauge({ unit: '1', description: 'Level.', labels: { kind: ['round', 'square'] } }),
  calls: counter({
    unit: '{call}',
    description: 'Calls.',
    labels: { 'error.type': ['', 'timeout'] },
  }),
  wait: histogram({ unit: 's', description: 'Wait.', buckets: [1, 5] }),
};

let refusals: Refusals;
let warnings: string[];
let store: MetricStore;
let nowMs: number;

beforeEach(() => {
  warnings = [];
  nowMs = 0;
  refusals = createRefusals({
    warn: (message, { reason }) => warnings.push(`${message}: ${reason}`),
    nowMs: () => nowMs,
  });
  store = createMetricStore({
    metrics: toMetricSpecs(definitions),
    refusals,
    nowMs: () => nowMs,
    observerTimeoutMs: 50,
  });
});

const series = async (name: string) =>
  (await store.collect()).find(({ spec }) => spec.name === name)?.series ?? [];

describe('a value', () => {
  test.each([Number.NaN, Infinity, -Infinity, '7' as never, 7n as never, undefined as never])(
    'that is no finite number (%s) is refused and poisons nothing',
    async (value) => {
      store.record('made', 1, { kind: 'round' });
      store.record('made', value, { kind: 'round' });
      expect((await series('made')).map((each) => each.value)).toEqual([1]);
      expect(refusals.total()).toBe(1);
    },
  );

  test('below zero is refused by a counter alone', async () => {
    store.record('made', -1, { kind: 'round' });
    store.record('open', -1, {});
    expect(await series('made')).toEqual([]);
    expect((await series('open'))[0]?.value).toBe(-1);
  });

  test('on a bucket bound belongs to that bucket', async () => {
    for (const value of [0, 1, 1.1, 5, 6]) store.record('wait', value, {});
    expect((await series('wait'))[0]).toMatchObject({
      buckets: [2, 2, 1],
      count: 5,
      value: 13.1,
      min: 0,
      max: 6,
    });
  });
});

describe('labels', () => {
  test('that are empty where their set allows it are left out, and are a series of their own', async () => {
    store.record('calls', 1, { 'error.type': '' });
    store.record('calls', 2, { 'error.type': 'timeout' });

    expect(await series('calls')).toMatchObject([
      { value: 1, attributes: {} },
      { value: 2, attributes: { 'error.type': 'timeout' } },
    ]);
    expect((await series('calls'))[0]?.attributes).toEqual({});
    expect(refusals.total()).toBe(0);
  });

  test('outside their set are recorded as other, absent ones too, unknown ones are left out', async () => {
    store.record('made', 1, { kind: 'triangle' });
    store.record('made', 1, {});
    store.record('made', 1, { kind: 'round', user: 'u1' });
    expect((await series('made')).map((each) => [each.attributes, each.value])).toEqual([
      [{ kind: 'other' }, 2],
      [{ kind: 'round' }, 1],
    ]);
    expect(refusals.total()).toBe(3);
  });

  test('of an unknown metric are refused with one warning a minute', () => {
    for (let call = 0; call < 100; call += 1) store.record('nothing', 1, {});
    expect(warnings).toEqual(['telemetry call refused: unknown_metric']);
    nowMs = 60_000;
    store.record('nothing', 1, {});
    expect(warnings).toHaveLength(2);
    expect(refusals.total()).toBe(101);
  });
});

describe('the budget', () => {
  test('holds over any number of collections: what is beyond is one series', async () => {
    const open = {
      name: 'x',
      kind: 'counter',
      unit: '',
      description: '',
      labels: { id: 'open' },
    } as const;
    const small = createMetricStore({ metrics: [open], refusals, nowMs: () => 0, seriesMax: 10 });
    for (let round = 0; round < 5; round += 1) {
      for (let id = 0; id < 100; id += 1) small.record('x', 1, { id: `${round}-${id}` });
      await small.collect();
    }
    const [snapshot] = await small.collect();
    expect(snapshot?.series).toHaveLength(11);
    expect(snapshot?.series.at(-1)).toMatchObject({
      attributes: { 'otel.metric.overflow': true },
      value: 490,
    });
    expect(small.overflowed()).toBe(490);
  });
});

test('the budget holds for what a gauge is observed at: what is beyond is left out and counted', async () => {
  const open = {
    name: 'x',
    kind: 'gauge',
    unit: '',
    description: '',
    labels: { id: 'open' },
  } as const;
  const small = createMetricStore({ metrics: [open], refusals, nowMs: () => 0, seriesMax: 10 });
  small.observe('x', () => Array.from({ length: 25 }, (_, id) => ({ value: id, labels: { id } })));

  const [snapshot] = await small.collect();

  expect(snapshot?.series.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(small.overflowed()).toBe(15);
});

test('an observer that gives without an end is left at 10,000 observations, and said', async () => {
  let given = 0;
  store.observe('level', function* () {
    for (;;) {
      given += 1;
      yield { value: given, labels: { kind: 'round' } };
    }
  });

  const snapshots = await store.collect();

  const level = snapshots.find(({ spec }) => spec.name === 'level');
  expect(given).toBe(10_001);
  expect(level?.series.map(({ value }) => value)).toEqual([10_000]);
  expect(refusals.byReason()).toMatchObject({ observer_failed: 1 });
});

describe('counters that start at zero', () => {
  test('have every label set from the beginning, where there are few', async () => {
    const many = [...'abcdefghijklmno'] as const as readonly ['a'];
    const wide = counter({ unit: '', description: '', labels: { a: many, b: many } });
    store = createMetricStore({
      metrics: toMetricSpecs({ ...definitions, wide }),
      refusals,
      nowMs: () => 0,
      startAtZero: true,
    });
    expect((await series('made')).map((each) => [each.attributes['kind'], each.value])).toEqual([
      ['round', 0],
      ['square', 0],
    ]);
    expect(await series('wide')).toEqual([]);
    expect(await series('level')).toEqual([]);
  });
});

describe('observed gauges', () => {
  test('are asked at each collection, until they are stopped', async () => {
    let level = 1;
    const stop = store.observe('level', async () => [{ value: level, labels: { kind: 'round' } }]);
    expect((await series('level'))[0]?.value).toBe(1);
    level = 2;
    expect((await series('level'))[0]?.value).toBe(2);
    stop();
    expect(await series('level')).toEqual([]);
  });

  test('that throw or hang cost themselves alone', async () => {
    store.record('made', 1, { kind: 'round' });
    store.observe('level', () => new Promise(() => {}));
    store.observe('level', () => {
      throw new Error('no');
    });
    store.observe('level', () => [{ value: 3, labels: { kind: 'square' } }]);
    expect(await series('level')).toMatchObject([{ value: 3 }]);
    expect(await series('made')).toHaveLength(1);
    expect(refusals.total()).toBe(4);
  });
});

test('a collection is a copy: what is recorded later does not change it', async () => {
  store.record('wait', 1, {});
  const before = await series('wait');
  store.record('wait', 1, {});
  expect(before[0]).toMatchObject({ count: 1, buckets: [1, 0, 0] });
});
