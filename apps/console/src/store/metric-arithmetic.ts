import {
  addExponentialHistograms,
  scaleExponentialHistogram,
  subtractExponentialHistograms,
} from './exponential-histogram.ts';
import { largest, smallest } from './extremes.ts';
import type { HistogramData, MetricData, SummaryData } from './metric-model.ts';

/** The sum of two values of one metric; undefined where they have no common measure. */
export function addData(a: MetricData, b: MetricData): MetricData | undefined {
  if (a.type === 'sum' && b.type === 'sum') return { ...b, value: a.value + b.value };
  if (a.type === 'histogram' && b.type === 'histogram') {
    return sameBounds(a.value, b.value)
      ? { type: 'histogram', value: addHistograms(a.value, b.value) }
      : undefined;
  }
  if (a.type === 'exponential_histogram' && b.type === 'exponential_histogram') {
    return { type: b.type, value: addExponentialHistograms(a.value, b.value) };
  }
  if (a.type === 'summary' && b.type === 'summary') {
    return { type: 'summary', value: combineSummaries(a.value, b.value, 1) };
  }
  return undefined;
}

/**
 * What came between an earlier and a later cumulative value. Of histograms the extremes are not known.
 *
 * @returns undefined where they have no common measure, or anything fell: it began again.
 */
export function subtractData(later: MetricData, earlier: MetricData): MetricData | undefined {
  if (later.type === 'sum' && earlier.type === 'sum') {
    const value = later.value - earlier.value;
    return value < 0 ? undefined : { ...later, value };
  }
  if (later.type === 'histogram' && earlier.type === 'histogram') {
    const value = subtractHistograms(later.value, earlier.value);
    return value && { type: 'histogram', value };
  }
  if (later.type === 'exponential_histogram' && earlier.type === 'exponential_histogram') {
    const value = subtractExponentialHistograms(later.value, earlier.value);
    return value && { type: 'exponential_histogram', value };
  }
  if (later.type === 'summary' && earlier.type === 'summary') {
    const value = combineSummaries(earlier.value, later.value, -1);
    return value.count < 0 ? undefined : { type: 'summary', value };
  }
  return undefined;
}

/** A part of an increase: counts may come out as fractions. @param fraction 0..1 */
export function scaleData(data: MetricData, fraction: number): MetricData {
  switch (data.type) {
    case 'gauge':
      return data;
    case 'sum':
      return { ...data, value: data.value * fraction };
    case 'histogram':
      return {
        type: 'histogram',
        value: {
          ...data.value,
          count: data.value.count * fraction,
          sum: data.value.sum === null ? null : data.value.sum * fraction,
          counts: data.value.counts.map((count) => count * fraction),
        },
      };
    case 'exponential_histogram':
      return { type: data.type, value: scaleExponentialHistogram(data.value, fraction) };
    case 'summary': {
      const { count, sum, quantiles } = data.value;
      return {
        type: 'summary',
        value: { count: count * fraction, sum: sum * fraction, quantiles },
      };
    }
  }
}

/** Nothing was recorded. */
export function isZero(data: MetricData): boolean {
  switch (data.type) {
    case 'gauge':
      return false;
    case 'sum':
      return data.value === 0;
    default:
      return data.value.count === 0;
  }
}

export function sameBounds(a: HistogramData, b: HistogramData): boolean {
  return (
    a.bounds === b.bounds ||
    (a.bounds.length === b.bounds.length &&
      a.bounds.every((bound, index) => bound === b.bounds[index]))
  );
}

function addHistograms(a: HistogramData, b: HistogramData): HistogramData {
  return {
    count: a.count + b.count,
    sum: a.sum === null || b.sum === null ? null : a.sum + b.sum,
    min: smallest(a.min, b.min),
    max: largest(a.max, b.max),
    bounds: a.bounds,
    counts: a.counts.map((count, index) => count + (b.counts[index] ?? 0)),
  };
}

function subtractHistograms(
  later: HistogramData,
  earlier: HistogramData,
): HistogramData | undefined {
  if (!sameBounds(later, earlier) || later.count < earlier.count) return undefined;
  const counts = later.counts.map((count, index) => count - (earlier.counts[index] ?? 0));
  if (counts.some((count) => count < 0)) return undefined;
  return {
    count: later.count - earlier.count,
    sum: later.sum === null || earlier.sum === null ? null : later.sum - earlier.sum,
    min: null,
    max: null,
    bounds: earlier.bounds,
    counts,
  };
}

/** The quantiles are those of the later one: a sender's quantiles cannot be added. */
function combineSummaries(earlier: SummaryData, later: SummaryData, sign: 1 | -1): SummaryData {
  return {
    count: later.count + sign * earlier.count,
    sum: later.sum + sign * earlier.sum,
    quantiles: later.quantiles,
  };
}
