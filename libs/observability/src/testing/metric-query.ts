import type { Labels, LabelValue, Series } from '../metrics/metric.ts';
import type { MetricSnapshot, MetricStore } from '../metrics/metric-store.ts';

/** One label set of one metric, as it stands. */
export interface RecordedSeries {
  readonly name: string;
  readonly kind: MetricSnapshot['spec']['kind'];
  readonly labels: Readonly<Record<string, LabelValue>>;
  /** A sum, a gauge's last value, or how often a histogram observed. */
  readonly value: number;
}

/** Answers what a test asks about series. */
export function createMetricQuery(store: MetricStore) {
  let observed: readonly MetricSnapshot[] = [];
  /** What was recorded, else what the observers said when they were asked last. */
  const snapshots = (): MetricSnapshot[] =>
    store.peek().map((live) => {
      const asked = observed.find(({ spec }) => spec.name === live.spec.name);
      return live.series.length > 0 ? live : (asked ?? live);
    });

  return {
    metric(name: string, labels: Labels = {}): number {
      const snapshot = snapshots().find(({ spec }) => spec.name === name);
      if (snapshot === undefined) throw new Error(`no metric named ${name} is defined`);
      const matching = snapshot.series.filter((series) => carries(series, labels));
      const values = matching.map((series) => readingOf(snapshot, series));
      return snapshot.spec.kind === 'gauge' ? (values.at(-1) ?? 0) : sum(values);
    },
    recorded(): RecordedSeries[] {
      return snapshots().flatMap((snapshot) =>
        snapshot.series
          .filter(({ count }) => count > 0)
          .map((series) => ({
            name: snapshot.spec.name,
            kind: snapshot.spec.kind,
            labels: series.attributes,
            value: readingOf(snapshot, series),
          })),
      );
    },
    async collect(): Promise<void> {
      observed = await store.collect();
    },
    reset() {
      observed = [];
    },
  };
}

function readingOf({ spec }: MetricSnapshot, series: Series): number {
  return spec.kind === 'histogram' ? series.count : series.value;
}

function carries(series: Series, labels: Labels): boolean {
  return Object.entries(labels).every(
    ([name, value]) => value === undefined || String(series.attributes[name]) === String(value),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
