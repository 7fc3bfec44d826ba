import { addExponentialHistograms, largest, smallest } from './exponential-histogram.ts';
import type { Exemplar, HistogramData, MetricData, MetricPoint } from './metric-model.ts';

const exemplarsMax = 20;

/** What a series holds after one more point: the point itself, or the sum with it where it is a delta. */
export function accumulate(series: MetricPoint, point: MetricPoint): MetricPoint {
  const exemplars = newestExemplars(series.exemplars, point.exemplars);
  if (point.temporality !== 'delta' || series.temporality !== 'delta') {
    return { ...point, exemplars };
  }
  const data = addData(series.data, point.data);
  // Buckets that cannot be added: what came before has no common measure with what comes now.
  if (data === undefined) return { ...point, exemplars };
  return { ...point, exemplars, startNanos: series.startNanos, data };
}

function addData(a: MetricData, b: MetricData): MetricData | undefined {
  if (a.type === 'sum' && b.type === 'sum') return { ...b, value: a.value + b.value };
  if (a.type === 'histogram' && b.type === 'histogram') {
    const value = addHistograms(a.value, b.value);
    return value && { type: 'histogram', value };
  }
  if (a.type === 'exponential_histogram' && b.type === 'exponential_histogram') {
    return { type: b.type, value: addExponentialHistograms(a.value, b.value) };
  }
  return undefined;
}

function addHistograms(a: HistogramData, b: HistogramData): HistogramData | undefined {
  const sameBounds =
    a.bounds.length === b.bounds.length &&
    a.bounds.every((bound, index) => bound === b.bounds[index]);
  if (!sameBounds) return undefined;
  return {
    count: a.count + b.count,
    sum: a.sum === null || b.sum === null ? null : a.sum + b.sum,
    min: smallest(a.min, b.min),
    max: largest(a.max, b.max),
    bounds: b.bounds,
    counts: a.counts.map((count, index) => count + (b.counts[index] ?? 0)),
  };
}

/** Newest last; one that was sent again with the next export is kept once. */
function newestExemplars(known: readonly Exemplar[], added: readonly Exemplar[]) {
  if (added.length === 0) return known;
  const byIdentity = new Map(
    [...known, ...added].map((exemplar) => [
      `${exemplar.timeNanos} ${exemplar.spanId} ${exemplar.value}`,
      exemplar,
    ]),
  );
  return [...byIdentity.values()]
    .sort((a, b) => (a.timeNanos < b.timeNanos ? -1 : a.timeNanos > b.timeNanos ? 1 : 0))
    .slice(-exemplarsMax);
}
