import { largest, smallest } from './extremes.ts';
import type { ExponentialBuckets, ExponentialHistogramData } from './metric-model.ts';

/** More buckets than this on one side are merged by halving the resolution (the SDKs stop at 160). */
const bucketsMax = 320;
const scaleMin = -10;

/**
 * Adds two exponential histograms: the finer one is brought to the scale of the coarser,
 * and both further down while the sum would need too many buckets.
 */
export function addExponentialHistograms(
  a: ExponentialHistogramData,
  b: ExponentialHistogramData,
): ExponentialHistogramData {
  let scale = Math.min(a.scale, b.scale);
  let left = rescale(a, scale);
  let right = rescale(b, scale);
  while (width(left, right) > bucketsMax && scale > scaleMin) {
    scale -= 1;
    left = rescale(left, scale);
    right = rescale(right, scale);
  }
  return {
    count: a.count + b.count,
    sum: a.sum === null || b.sum === null ? null : a.sum + b.sum,
    min: smallest(a.min, b.min),
    max: largest(a.max, b.max),
    scale,
    zeroCount: a.zeroCount + b.zeroCount,
    zeroThreshold: Math.max(a.zeroThreshold, b.zeroThreshold),
    positive: combineBuckets(left.positive, right.positive, 1),
    negative: combineBuckets(left.negative, right.negative, 1),
  };
}

/**
 * What came between an earlier and a later cumulative one, at the coarser of their scales.
 *
 * @returns undefined where anything fell.
 */
export function subtractExponentialHistograms(
  later: ExponentialHistogramData,
  earlier: ExponentialHistogramData,
): ExponentialHistogramData | undefined {
  const scale = Math.min(later.scale, earlier.scale);
  const count = later.count - earlier.count;
  const zeroCount = later.zeroCount - earlier.zeroCount;
  const positive = combineBuckets(
    rescale(later, scale).positive,
    rescale(earlier, scale).positive,
    -1,
  );
  const negative = combineBuckets(
    rescale(later, scale).negative,
    rescale(earlier, scale).negative,
    -1,
  );
  // A zero threshold that grew moves values from a bucket to zero: nothing was lost, but no difference is left.
  const fell = [count, zeroCount, ...positive.counts, ...negative.counts].some((n) => n < 0);
  if (fell) return undefined;
  return {
    count,
    sum: later.sum === null || earlier.sum === null ? null : later.sum - earlier.sum,
    min: null,
    max: null,
    scale,
    zeroCount,
    zeroThreshold: later.zeroThreshold,
    positive,
    negative,
  };
}

/** @param fraction 0..1 */
export function scaleExponentialHistogram(
  data: ExponentialHistogramData,
  fraction: number,
): ExponentialHistogramData {
  const scaled = ({ offset, counts }: ExponentialBuckets) => ({
    offset,
    counts: counts.map((count) => count * fraction),
  });
  return {
    ...data,
    count: data.count * fraction,
    sum: data.sum === null ? null : data.sum * fraction,
    zeroCount: data.zeroCount * fraction,
    positive: scaled(data.positive),
    negative: scaled(data.negative),
  };
}

/** Upper bound of the bucket with that index: 2^(2^-scale * (index + 1)). */
export function upperBound(scale: number, index: number): number {
  return 2 ** (2 ** -scale * (index + 1));
}

interface Sides {
  readonly scale: number;
  readonly positive: ExponentialBuckets;
  readonly negative: ExponentialBuckets;
}

function rescale(data: Sides, scale: number): Sides {
  const steps = data.scale - scale;
  if (steps <= 0) return data;
  return {
    scale,
    positive: coarsen(data.positive, steps),
    negative: coarsen(data.negative, steps),
  };
}

/** Each step of scale merges two neighbours: index i becomes i >> 1. */
function coarsen(buckets: ExponentialBuckets, steps: number): ExponentialBuckets {
  if (buckets.counts.length === 0) return buckets;
  const offset = buckets.offset >> steps;
  const counts: number[] = [];
  buckets.counts.forEach((count, position) => {
    const index = ((buckets.offset + position) >> steps) - offset;
    counts[index] = (counts[index] ?? 0) + count;
  });
  return { offset, counts };
}

function combineBuckets(
  a: ExponentialBuckets,
  b: ExponentialBuckets,
  sign: 1 | -1,
): ExponentialBuckets {
  if (b.counts.length === 0) return a;
  if (a.counts.length === 0 && sign === 1) return b;
  const offset = a.counts.length === 0 ? b.offset : Math.min(a.offset, b.offset);
  const counts = new Array<number>(sideWidth(a, b)).fill(0);
  a.counts.forEach((count, position) => {
    counts[a.offset + position - offset] = count;
  });
  b.counts.forEach((count, position) => {
    const index = b.offset + position - offset;
    counts[index] = (counts[index] ?? 0) + sign * count;
  });
  return { offset, counts };
}

function width(a: Sides, b: Sides): number {
  return Math.max(sideWidth(a.positive, b.positive), sideWidth(a.negative, b.negative));
}

function sideWidth(a: ExponentialBuckets, b: ExponentialBuckets): number {
  if (a.counts.length === 0) return b.counts.length;
  if (b.counts.length === 0) return a.counts.length;
  const end = Math.max(a.offset + a.counts.length, b.offset + b.counts.length);
  return end - Math.min(a.offset, b.offset);
}
