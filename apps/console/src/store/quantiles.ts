import { upperBound } from './exponential-histogram.ts';
import type { ExponentialHistogramData, HistogramData } from './metric-model.ts';

/**
 * Estimates a quantile of a histogram as Prometheus' `histogram_quantile` does: linear inside a
 * bucket, from 0 in the first where its bound is positive, and the last bound for what lies above it.
 *
 * @param quantile 0..1
 * @returns null where nothing was recorded or the histogram has no bounds.
 */
export function histogramQuantile(data: HistogramData, quantile: number): number | null {
  const total = data.counts.reduce((sum, count) => sum + count, 0);
  const last = data.bounds.at(-1);
  if (total === 0 || last === undefined) return null;

  const rank = quantile * total;
  let below = 0;
  for (const [index, count] of data.counts.entries()) {
    if (count === 0 || below + count < rank) {
      below += count;
      continue;
    }
    const upper = data.bounds[index];
    if (upper === undefined) return last;
    const lower = data.bounds[index - 1] ?? Math.min(upper, 0);
    return lower + (upper - lower) * ((rank - below) / count);
  }
  return last;
}

/**
 * Estimates a quantile of an exponential histogram, exponential inside a bucket: over a bucket from
 * `lower` to `upper`, a fraction f of its count lies below lower * (upper / lower)^f.
 *
 * @param quantile 0..1
 * @returns null where nothing was recorded.
 */
export function exponentialQuantile(
  data: ExponentialHistogramData,
  quantile: number,
): number | null {
  const buckets = bucketsInOrder(data);
  const total = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
  if (total === 0) return null;

  const rank = quantile * total;
  let below = 0;
  let last = 0;
  for (const { from, to, count } of buckets) {
    last = to;
    if (below + count < rank) {
      below += count;
      continue;
    }
    // Zero lies in no exponential bucket.
    return from === 0 || to === 0 ? 0 : from * (to / from) ** ((rank - below) / count);
  }
  return last;
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

  return [
    ...side(data.negative)
      .reverse()
      .map(({ lower, upper, count }) => ({ from: -upper, to: -lower, count })),
    ...(data.zeroCount > 0 ? [{ from: 0, to: 0, count: data.zeroCount }] : []),
    ...side(data.positive).map(({ lower, upper, count }) => ({ from: lower, to: upper, count })),
  ];
}
