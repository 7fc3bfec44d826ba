import type { Labels, Series } from '../metrics/metric.ts';
import type { MetricSnapshot, MetricStore } from '../metrics/metric-store.ts';

/** Answers what a test asks about series. */
export function createMetricQuery(store: MetricStore) {
  let observed: readonly MetricSnapshot[] = [];
  return {
    metric(name: string, labels: Labels = {}): number {
      const live = store.peek().find((snapshot) => snapshot.spec.name === name);
      const asked = observed.find((snapshot) => snapshot.spec.name === name);
      const snapshot = live !== undefined && live.series.length > 0 ? live : (asked ?? live);
      if (snapshot === undefined) throw new Error(`no metric named ${name} is defined`);
      const matching = snapshot.series.filter((series) => carries(series, labels));
      if (snapshot.spec.kind === 'gauge') return matching.at(-1)?.value ?? 0;
      if (snapshot.spec.kind === 'histogram') return sum(matching.map((series) => series.count));
      return sum(matching.map((series) => series.value));
    },
    async collect(): Promise<void> {
      observed = await store.collect();
    },
    reset() {
      observed = [];
    },
  };
}

function carries(series: Series, labels: Labels): boolean {
  return Object.entries(labels).every(
    ([name, value]) => value === undefined || String(series.attributes[name]) === String(value),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
