import { upperBound } from '../store/exponential-histogram.ts';
import type {
  ExponentialHistogramData,
  HistogramData,
  MetricData,
  MetricSeries,
} from '../store/metric-model.ts';
import { exponentialQuantile, histogramQuantile } from '../store/quantiles.ts';
import { isoOfNanos } from './time.ts';

/** A series with its value: a number, or counts, sums, buckets and quantiles. */
export function toSeriesView(series: MetricSeries) {
  return {
    name: series.name,
    type: series.data.type,
    ...(series.data.type === 'sum' && { monotonic: series.data.monotonic }),
    temporality: series.temporality,
    unit: series.unit,
    description: series.description,
    service: series.resource.service,
    instance: series.resource.instance,
    scope: series.scope.name,
    labels: series.labels,
    value: toValue(series.data),
    start: isoOfNanos(series.startNanos),
    time: isoOfNanos(series.timeNanos),
    updatedAt: new Date(series.updatedAtMs).toISOString(),
    pointCount: series.pointCount,
    exemplars: series.exemplars.map(({ timeNanos, ...exemplar }) => ({
      ...exemplar,
      time: isoOfNanos(timeNanos),
    })),
  };
}

function toValue(data: MetricData) {
  switch (data.type) {
    case 'sum':
    case 'gauge':
      return data.value;
    case 'histogram':
      return toHistogramValue(data.value);
    case 'exponential_histogram':
      return toExponentialValue(data.value);
    case 'summary':
      return data.value;
  }
}

/** Buckets are not cumulative; the bound of the last is null: it has none. */
function toHistogramValue(data: HistogramData) {
  const { bounds, counts, ...moments } = data;
  return {
    ...moments,
    buckets: counts.map((count, index) => ({ upperBound: bounds[index] ?? null, count })),
    ...quantilesBy((quantile) => histogramQuantile(data, quantile)),
  };
}

/** Buckets that hold something, from the most negative up; the zero bucket stands apart. */
function toExponentialValue(data: ExponentialHistogramData) {
  const { positive, negative, ...rest } = data;
  const bound = (index: number) => upperBound(data.scale, index);
  const buckets = [
    ...negative.counts
      .map((count, position) => ({ upperBound: -bound(negative.offset + position - 1), count }))
      .reverse(),
    ...positive.counts.map((count, position) => ({
      upperBound: bound(positive.offset + position),
      count,
    })),
  ];
  return {
    ...rest,
    buckets: buckets.filter(({ count }) => count > 0),
    ...quantilesBy((quantile) => exponentialQuantile(data, quantile)),
  };
}

function quantilesBy(estimate: (quantile: number) => number | null) {
  return { p50: estimate(0.5), p95: estimate(0.95), p99: estimate(0.99) };
}
