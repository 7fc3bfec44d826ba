import { upperBound } from './exponential-histogram.ts';
import type { ExponentialHistogramData, HistogramData } from './metric-model.ts';

/** The true quantile (the value of rank ceil(q n)) lies from `lower` to `upper`; null is "not known". */
export interface QuantileEstimate {
  readonly value: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Estimates a quantile of a histogram as Prometheus' `histogram_quantile` does: linear inside a
 * bucket, from 0 in the first where its bound is positive, and the last bound for what lies above it.
 *
 * @param quantile 0..1
 * @returns null where nothing was recorded or the histogram has no bounds.
 */
export function histogramQuantile(data: HistogramData, quantile: number): QuantileEstimate | null {
  const total = data.counts.reduce((sum, count) => sum + count, 0);
  const last = data.bounds.at(-1);
  if (total === 0 || last === undefined) return null;

  const rank = quantile * total;
  let below = 0;
  let highest: QuantileEstimate | null = null;
  for (const [index, count] of data.counts.entries()) {
    if (count === 0) continue;
    const upper = data.bounds[index];
    if (upper === undefined) return { value: last, lower: last, upper: data.max };
    const lower = data.bounds[index - 1];
    const from = lower ?? Math.min(upper, 0);
    const fraction = Math.min((rank - below) / count, 1);
    highest = {
      value: from + (upper - from) * fraction,
      lower: lower ?? data.min ?? (upper > 0 ? 0 : null),
      upper,
    };
    below += count;
    if (below >= rank) return highest;
  }
  // Counts that are fractions may add up to a hair less than their total.
  return highest;
}

/**
 * Estimates a quantile of an exponential histogram, exponential inside a bucket: over a bucket from
 * `lower` to `upper`, a fraction f of its count lies below lower * (upper / lower)^f. The estimate is within
 * a factor of 2^(2^-scale) of the true quantile.
 *
 * @param quantile 0..1
 * @returns null where nothing was recorded.
 */
export function exponentialQuantile(
  data: ExponentialHistogramData,
  quantile: number,
): QuantileEstimate | null {
  const buckets = bucketsInOrder(data);
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  if (total === 0) return null;

  const rank = quantile * total;
  let below = 0;
  let highest: QuantileEstimate | null = null;
  for (const { from, to, count } of buckets) {
    const fraction = Math.min((rank - below) / count, 1);
    highest = { value: interpolated(from, to, fraction), lower: from, upper: to };
    below += count;
    if (below >= rank) return highest;
  }
  return highest;
}

/** Zero lies in no exponential bucket. */
function interpolated(from: number, to: number, fraction: number): number {
  return from < 0 === to < 0 && from !== 0 && to !== 0 ? from * (to / from) ** fraction : 0;
}

/** Non-empty buckets from the most negative value up. */
function bucketsInOrder(data: ExponentialHistogramData) {
  const side = (buckets: ExponentialHistogramData['positive']) =>
    buckets.counts
      .map((count, position) => ({
        lower: upperBound(data.scale, buckets.offset + position - 1),
        upper: upperBound(data.scale, buckets.offset + position),
        count,
      }))
      .filter((bucket) => bucket.count > 0);
  const { zeroThreshold } = data;

  return [
    ...side(data.negative)
      .reverse()
      .map(({ lower, upper, count }) => ({ from: -upper, to: -lower, count })),
    ...(data.zeroCount > 0
      ? [{ from: -zeroThreshold, to: zeroThreshold, count: data.zeroCount }]
      : []),
    ...side(data.positive).map(({ lower, upper, count }) => ({ from: lower, to: upper, count })),
  ];
}
