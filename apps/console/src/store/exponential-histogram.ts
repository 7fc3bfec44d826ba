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
    positive: addBuckets(left.positive, right.positive),
    negative: addBuckets(left.negative, right.negative),
  };
}

/** The minimum of two, where null means "not known": then the minimum is not known either. */
export function smallest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.min(a, b);
}

/** As `smallest`, for the maximum. */
export function largest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
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

function addBuckets(a: ExponentialBuckets, b: ExponentialBuckets): ExponentialBuckets {
  if (a.counts.length === 0) return b;
  if (b.counts.length === 0) return a;
  const offset = Math.min(a.offset, b.offset);
  const counts = new Array<number>(sideWidth(a, b)).fill(0);
  for (const side of [a, b]) {
    side.counts.forEach((count, position) => {
      const index = side.offset + position - offset;
      counts[index] = (counts[index] ?? 0) + count;
    });
  }
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
