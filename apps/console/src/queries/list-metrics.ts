import type { MetricAnswer, MetricSummary, MetricsAnswer } from '../api/contract/metrics.ts';
import type { MetricSeries } from '../store/metric-model.ts';
import type { MetricStore } from '../store/metric-store.ts';
import { hasAttributes, textOfValue, type WantedAttribute } from './attributes-match.ts';
import { comparableSeries, functionsOf, metricTypeOf } from './metric-type.ts';
import { toSeriesView } from './series-view.ts';
import { isoOf } from './time.ts';

const valuesMax = 100;

/** Metrics by name, with what their series say together. */
export function listMetrics(
  store: MetricStore,
  query: { text?: string | undefined; service?: string | undefined },
): MetricsAnswer {
  const part = query.text?.toLowerCase();
  const byName = Map.groupBy(store.list({ service: query.service }), ({ name }) => name);
  const metrics = [...byName.values()]
    .map(summarizeMetric)
    .filter(
      ({ name, description }) =>
        part === undefined || `${name} ${description}`.toLowerCase().includes(part),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { metrics, total: metrics.length };
}

/** @returns undefined where no series of that name is stored. */
export function showMetric(
  store: MetricStore,
  query: { name: string; service?: string | undefined; label: readonly WantedAttribute[] },
): MetricAnswer | undefined {
  const all = store.list({ name: query.name });
  if (all.length === 0) return undefined;
  const shown = all.filter(
    ({ resource, labels }) =>
      (query.service === undefined || resource.service === query.service) &&
      hasAttributes([labels], query.label),
  );
  return { ...summarizeMetric(all), series: shown.map(toSeriesView) };
}

function summarizeMetric(all: readonly MetricSeries[]): MetricSummary {
  const [newest, ...others] = comparableSeries(all);
  if (newest === undefined) throw new RangeError('a metric has at least one series');
  const type = metricTypeOf(newest.data);
  return {
    name: newest.name,
    type,
    unit: newest.unit,
    description: newest.description,
    services: [...new Set(all.map(({ resource }) => resource.service))].sort(),
    labels: labelsOf([newest, ...others]),
    seriesCount: all.length,
    functions: [...functionsOf[type]],
    hasExemplars: all.some(({ exemplars }) => exemplars.length > 0),
    lastSeen: isoOf(Math.max(...all.map(({ updatedAtMs }) => updatedAtMs))),
  };
}

function labelsOf(series: readonly MetricSeries[]): Record<string, string[]> {
  const values = new Map<string, Set<string>>();
  for (const { labels } of series) {
    for (const [label, value] of Object.entries(labels)) {
      const seen = values.get(label) ?? new Set();
      values.set(label, seen);
      if (seen.size < valuesMax) seen.add(textOfValue(value));
    }
  }
  return Object.fromEntries([...values].sort().map(([label, seen]) => [label, [...seen].sort()]));
}
