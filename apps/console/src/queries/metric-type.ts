import type { MetricFunction, MetricType } from '../api/contract/metrics.ts';
import type { MetricData, MetricSeries } from '../store/metric-model.ts';

export function metricTypeOf(data: MetricData): MetricType {
  if (data.type !== 'sum') return data.type;
  return data.monotonic ? 'counter' : 'up_down_counter';
}

/** What a query can ask of each type; the first is what it answers unless told otherwise. */
export const functionsOf: Readonly<Record<MetricType, readonly MetricFunction[]>> = {
  counter: ['rate', 'increase'],
  up_down_counter: ['value'],
  gauge: ['value'],
  histogram: ['quantile', 'rate', 'increase', 'mean'],
  exponential_histogram: ['quantile', 'rate', 'increase', 'mean'],
  summary: ['mean', 'rate', 'increase'],
};

/** Unit of what a function gives, of a metric of that unit. */
export function unitOf(name: MetricFunction, metric: { type: MetricType; unit: string }): string {
  const counted = metric.type === 'counter' ? metric.unit || '1' : '1';
  if (name === 'rate') return `${counted}/s`;
  return name === 'increase' ? counted : metric.unit;
}

/**
 * Series of one name that can be read as one metric, what was updated last first: where there are
 * several types, those of the newest type; where OTLP and Sentry items tell the same, those of OTLP.
 */
export function comparableSeries(series: readonly MetricSeries[]): MetricSeries[] {
  const sorted = series.toSorted((a, b) => b.updatedAtMs - a.updatedAtMs);
  const byOtlp = sorted.filter(({ door }) => door === 'otlp');
  const preferred = byOtlp.length > 0 ? byOtlp : sorted;
  const [newest] = preferred;
  if (newest === undefined) return [];
  const type = metricTypeOf(newest.data);
  return preferred.filter(({ data }) => metricTypeOf(data) === type);
}
