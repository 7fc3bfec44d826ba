import type { Attributes } from './attributes.ts';
import type { MetricPoint, ReceivedMetric } from './metrics.ts';

/** Keeps, of every series, the point that was received last. */
export interface MetricSeries {
  add(metrics: readonly ReceivedMetric[]): void;
  list(): ReceivedMetric[];
  clear(): void;
}

/** Creates an empty store of series; a series is told by service, instance, scope, name and attributes. */
export function createMetricSeries(): MetricSeries {
  const metrics = new Map<string, { metric: ReceivedMetric; points: Map<string, MetricPoint> }>();
  return {
    add(received) {
      for (const metric of received) {
        const { service, resource, scope, name, type } = metric;
        const instance = resource['service.instance.id'] ?? null;
        const key = JSON.stringify([service, instance, scope, name, type]);
        const points = metrics.get(key)?.points ?? new Map<string, MetricPoint>();
        for (const point of metric.points) points.set(attributesKey(point.attributes), point);
        metrics.set(key, { metric, points });
      }
    },
    list: () =>
      [...metrics.values()].map(({ metric, points }) => ({
        ...metric,
        points: [...points.values()],
      })),
    clear: () => metrics.clear(),
  };
}

/** Adds up the series that carry the labels: values of sums and gauges, counts of histograms. */
export function sumOfSeries(
  metrics: readonly ReceivedMetric[],
  labels: Attributes,
): number | undefined {
  const wanted = Object.entries(labels);
  const points = metrics
    .flatMap((metric) => metric.points)
    .filter((point) => wanted.every(([key, value]) => point.attributes[key] === value));
  if (points.length === 0) return undefined;
  return points.reduce((total, point) => total + (point.value ?? point.count ?? 0), 0);
}

function attributesKey(attributes: Attributes): string {
  return JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
}
