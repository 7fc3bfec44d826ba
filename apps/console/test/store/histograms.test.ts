import { describe, expect, test } from 'vitest';
import { addExponentialHistograms, upperBound } from '../../src/store/exponential-histogram.ts';
import type { ExponentialHistogramData } from '../../src/store/metric-model.ts';
import { exponentialQuantile, histogramQuantile } from '../../src/store/quantiles.ts';

const moments = { count: 0, sum: null, min: null, max: null };
const empty = { offset: 0, counts: [] };
const exponential = (more: Partial<ExponentialHistogramData>): ExponentialHistogramData => ({
  ...moments,
  scale: 0,
  zeroCount: 0,
  zeroThreshold: 0,
  positive: empty,
  negative: empty,
  ...more,
});

/** The bucket of each value at that scale, as an SDK would fill them. */
function recorded(values: readonly number[], scale: number): ExponentialHistogramData {
  const indexes = values.map((value) => Math.ceil(Math.log2(value) * 2 ** scale) - 1);
  const offset = Math.min(...indexes);
  const counts = new Array<number>(Math.max(...indexes) - offset + 1).fill(0);
  for (const index of indexes) counts[index - offset] = (counts[index - offset] ?? 0) + 1;
  return exponential({ scale, count: values.length, positive: { offset, counts } });
}

describe('histogramQuantile', () => {
  const data = { ...moments, bounds: [1, 2, 4], counts: [2, 2, 4, 0] };

  test.for<[number, number]>([
    [0.25, 1],
    [0.5, 2],
    [0.75, 3],
    [1, 4],
  ])('of %d is interpolated inside its bucket to %d', ([quantile, expected]) => {
    expect(histogramQuantile(data, quantile)?.value).toBe(expected);
  });

  test('tells the bucket that holds the value of rank ceil(q n), at its edge too', () => {
    expect(histogramQuantile(data, 0.25)).toEqual({ value: 1, lower: 0, upper: 1 });
    expect(histogramQuantile(data, 0.26)).toMatchObject({ lower: 1, upper: 2 });
  });

  test('is the last bound for what lies above it', () => {
    expect(histogramQuantile({ ...data, counts: [0, 0, 0, 5] }, 0.5)?.value).toBe(4);
  });

  test('of a first bucket below zero is its bound', () => {
    expect(histogramQuantile({ ...moments, bounds: [-1, 1], counts: [5, 0, 0] }, 0.5)?.value).toBe(
      -1,
    );
  });

  test('is unknown without records or bounds', () => {
    expect(histogramQuantile({ ...data, counts: [0, 0, 0, 0] }, 0.5)).toBeNull();
    expect(histogramQuantile({ ...moments, bounds: [], counts: [3] }, 0.5)).toBeNull();
  });
});

describe('exponentialQuantile', () => {
  test('is within the width of a bucket of the true quantile', () => {
    const values = Array.from({ length: 1_000 }, (_, index) => (index + 1) / 100);

    const data = recorded(values, 4);

    const error = 2 ** (1 / 16) - 1;
    for (const quantile of [0.5, 0.95, 0.99]) {
      const estimate = exponentialQuantile(data, quantile)?.value ?? Number.NaN;
      expect(Math.abs(estimate / (10 * quantile) - 1)).toBeLessThan(error);
    }
  });

  test('orders negative values, zeros and positive values', () => {
    const side = { offset: 0, counts: [1] };
    const data = exponential({ zeroCount: 1, negative: side, positive: side });

    expect(exponentialQuantile(data, 0.2)?.value).toBeLessThan(-1);
    expect(exponentialQuantile(data, 0.5)?.value).toBe(0);
    expect(exponentialQuantile(data, 0.9)?.value).toBeGreaterThan(1);
  });

  test('is unknown where nothing was recorded', () => {
    expect(exponentialQuantile(exponential({}), 0.5)).toBeNull();
  });
});

describe('addExponentialHistograms', () => {
  test('brings the finer one to the scale of the coarser: the sum is that of all values', () => {
    const low = [0.5, 0.7, 1, 1.5, 3];
    const high = [2, 9, 30, 100];

    const sum = addExponentialHistograms(recorded(low, 5), recorded(high, 2));

    expect(sum).toEqual(recorded([...low, ...high], 2));
  });

  test('halves the resolution rather than grow without end', () => {
    const tiny = exponential({ scale: 20, positive: { offset: -(2 ** 29), counts: [1] } });
    const huge = exponential({ scale: 20, positive: { offset: 2 ** 29, counts: [1] } });

    const { scale, positive } = addExponentialHistograms(tiny, huge);

    expect(positive.counts.length).toBeLessThanOrEqual(320);
    expect(positive.counts.reduce((sum, count) => sum + count, 0)).toBe(2);
    expect(scale).toBeLessThan(1);
  });

  test('keeps what one side alone has', () => {
    const positive = { offset: 3, counts: [1, 2] };

    const sum = addExponentialHistograms(
      exponential({ positive, count: 3, sum: 2, min: 1, max: 4, zeroCount: 1 }),
      exponential({ count: 2, sum: 1, min: 2, max: 9, zeroThreshold: 0.1 }),
    );

    expect(sum).toMatchObject({ positive, count: 5, sum: 3, min: 1, max: 9, zeroCount: 1 });
  });
});

test('bounds double with each power of the base', () => {
  expect([upperBound(0, 0), upperBound(1, 1), upperBound(-1, 0)]).toEqual([2, 2, 4]);
});
