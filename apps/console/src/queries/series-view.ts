import type { MetricSeriesView } from '../api/contract/metrics.ts';
import { upperBound } from '../store/exponential-histogram.ts';
import type {
  ExponentialHistogramData,
  HistogramData,
  MetricData,
  MetricSeries,
  SummaryData,
} from '../store/metric-model.ts';
import {
  exponentialQuantile,
  histogramQuantile,
  type QuantileEstimate,
} from '../store/quantiles.ts';
import { metricTypeOf } from './metric-type.ts';
import { isoOf, isoOfNanos } from './time.ts';

/** A series with its value: a number, or counts, sums, buckets and quantiles. */
export function toSeriesView(series: MetricSeries): MetricSeriesView {
  return {
    name: series.name,
    type: metricTypeOf(series.data),
    door: series.door,
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
    updatedAt: isoOf(series.updatedAtMs),
    pointCount: series.pointCount,
    resetCount: series.resetCount,
    exemplars: series.exemplars.map(({ timeNanos, ...exemplar }) => ({
      ...exemplar,
      value: numberOf(exemplar.value),
      time: isoOfNanos(timeNanos),
    })),
  };
}

function toValue(data: MetricData): MetricSeriesView['value'] {
  switch (data.type) {
    case 'sum':
    case 'gauge':
      return numberOf(data.value);
    case 'histogram':
      return toHistogramValue(data.value);
    case 'exponential_histogram':
      return toExponentialValue(data.value);
    case 'summary':
      return toSummaryValue(data.value);
  }
}

/** JSON has no NaN and no infinities. */
function numberOf(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function momentsOf({ count, sum, min, max }: HistogramData | ExponentialHistogramData) {
  return { count, sum: numberOf(sum), min: numberOf(min), max: numberOf(max) };
}

function toSummaryValue({ count, sum, quantiles }: SummaryData) {
  return {
    count,
    sum: numberOf(sum) ?? 0,
    quantiles: quantiles.map(({ quantile, value }) => ({ quantile, value: numberOf(value) })),
  };
}

/** Buckets are not cumulative; the bound of the last is null: it has none. */
function toHistogramValue(data: HistogramData) {
  const { bounds, counts } = data;
  return {
    ...momentsOf(data),
    buckets: counts.map((count, index) => ({ upperBound: numberOf(bounds[index] ?? null), count })),
    ...quantilesBy((quantile) => histogramQuantile(data, quantile)),
  };
}

/** Buckets that hold something, from the most negative up; the zero bucket stands apart. */
function toExponentialValue(data: ExponentialHistogramData) {
  const { positive, negative, scale, zeroCount, zeroThreshold } = data;
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
    ...momentsOf(data),
    scale,
    zeroCount,
    zeroThreshold,
    buckets: buckets
      .filter(({ count }) => count > 0)
      .map(({ upperBound: bound, count }) => ({ upperBound: numberOf(bound), count })),
    ...quantilesBy((quantile) => exponentialQuantile(data, quantile)),
  };
}

function quantilesBy(estimate: (quantile: number) => QuantileEstimate | null) {
  const value = (quantile: number) => numberOf(estimate(quantile)?.value ?? null);
  return { p50: value(0.5), p95: value(0.95), p99: value(0.99) };
}
