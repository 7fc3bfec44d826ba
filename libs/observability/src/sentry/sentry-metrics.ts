import type { MetricSpec, RecordListener } from '../metrics/metric.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { ItemBuffer } from './item-buffer.ts';
import { activeIds, type MetricItem, toSentryUnit } from './sentry-items.ts';

export interface SentryMetrics {
  /** What happens is sent as it happens: increments and observations, with the trace that they happened in. */
  readonly onRecord: RecordListener;
  /** What is a state (gauges, up-down counters) is sent as its value at that moment. */
  sampleStates(store: Pick<MetricStore, 'collect'>): Promise<void>;
}

/** The store's metrics as Sentry's own: the same names and attributes. */
export function createSentryMetrics(
  buffer: ItemBuffer<MetricItem>,
  nowMs: () => number,
): SentryMetrics {
  return {
    onRecord(spec, attributes, value) {
      if (spec.kind === 'gauge' || spec.kind === 'up_down_counter') return;
      const type = spec.kind === 'counter' ? 'counter' : 'distribution';
      add(spec, type, attributes, value);
    },
    async sampleStates(store) {
      const snapshots = await store.collect();
      for (const { spec, series } of snapshots.filter((snapshot) => isState(snapshot.spec))) {
        for (const each of series) add(spec, 'gauge', each.attributes, each.value);
      }
    },
  };

  function add(
    spec: MetricSpec,
    type: MetricItem['type'],
    attributes: MetricItem['attributes'],
    value: number,
  ): void {
    const unit = toSentryUnit(spec.unit);
    buffer.add({ ...activeIds(), atMs: nowMs(), name: spec.name, type, unit, value, attributes });
  }
}

function isState(spec: MetricSpec): boolean {
  return !spec.isSelf && (spec.kind === 'gauge' || spec.kind === 'up_down_counter');
}
