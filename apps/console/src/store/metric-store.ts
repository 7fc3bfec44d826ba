import { type Accumulated, accumulate, addLateDelta, begin } from './accumulate.ts';
import { approximateBytes } from './approximate-bytes.ts';
import { BoundedMap } from './bounded-map.ts';
import { entryBytes, withEntry } from './metric-history.ts';
import type { MetricPoint, MetricSeries } from './metric-model.ts';

export interface MetricStoreLimits {
  readonly seriesMax: number;
  /** Entries of history of one series. */
  readonly historyMax: number;
  readonly bytesMax: number;
}

/**
 * One entry per series: door, instance of a service, metric and label set. Cumulative points replace,
 * deltas add up; what was gained when is its history. The series that was longest without a point goes first.
 */
export class MetricStore {
  readonly #series: BoundedMap<string, MetricSeries>;
  readonly #historyMax: number;
  readonly #now: () => number;
  #dropped = 0;
  #outOfOrder = 0;
  #resets = 0;
  #historyEntries = 0;

  constructor(limits: MetricStoreLimits, now: () => number) {
    this.#now = now;
    this.#historyMax = limits.historyMax;
    this.#series = new BoundedMap({
      itemsMax: limits.seriesMax,
      bytesMax: limits.bytesMax,
      onEvict: ({ history }) => {
        this.#dropped += 1;
        this.#historyEntries -= history.length;
      },
    });
  }

  add(given: MetricPoint): void {
    const key = seriesKey(given);
    const known = this.#series.get(key);
    const added =
      known === undefined ? begin(given) : accumulateInOrder(known, withTimeOfItsOwn(known, given));
    const history = added && this.#historyWith(known, added);
    // A retried or late export: its numbers are in the series already, or older than it.
    if (added === undefined || history === undefined) {
      this.#outOfOrder += 1;
      return;
    }
    const { point, isReset } = added;
    if (isReset) this.#resets += 1;
    const series: MetricSeries = {
      ...point,
      pointCount: (known?.pointCount ?? 0) + 1,
      resetCount: (known?.resetCount ?? 0) + (isReset ? 1 : 0),
      updatedAtMs: this.#now(),
      history,
    };
    this.#historyEntries += history.length - (known?.history.length ?? 0);
    this.#series.set(key, series, { items: 1, bytes: seriesBytes(series) });
  }

  list(query: { name?: string | undefined; service?: string | undefined } = {}): MetricSeries[] {
    return [...this.#series.values()].filter(
      (series) =>
        (query.name === undefined || series.name === query.name) &&
        (query.service === undefined || series.resource.service === query.service),
    );
  }

  counts() {
    return {
      stored: this.#series.items,
      points: this.#historyEntries,
      storedBytes: this.#series.bytes,
      dropped: this.#dropped,
      outOfOrder: this.#outOfOrder,
      resets: this.#resets,
    };
  }

  #historyWith(known: MetricSeries | undefined, { entry, isIncomparable }: Accumulated) {
    const history = known === undefined || isIncomparable ? [] : known.history;
    return entry === undefined ? history : withEntry(history, entry, this.#historyMax);
  }
}

/** Sentry's items are single records, and many may have one time: none is a repetition of another. */
function withTimeOfItsOwn(known: MetricSeries, point: MetricPoint): MetricPoint {
  if (point.door === 'otlp' || point.timeNanos > known.timeNanos) return point;
  const timeNanos = known.timeNanos + 1n;
  return { ...point, timeNanos, startNanos: timeNanos };
}

function accumulateInOrder(known: MetricSeries, point: MetricPoint): Accumulated | undefined {
  if (point.temporality !== 'delta') {
    return point.timeNanos < known.timeNanos ? undefined : accumulate(known, point);
  }
  return point.timeNanos <= known.timeNanos ? addLateDelta(known, point) : accumulate(known, point);
}

function seriesKey({ door, resource, scope, name, unit, data, labels }: MetricPoint): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    door,
    resource.service,
    resource.instance,
    scope.name,
    name,
    unit,
    data.type,
    ...sorted,
  ]);
}

function seriesBytes(series: MetricSeries): number {
  const fixedBytes = 512;
  return (
    fixedBytes +
    2 * approximateBytes(series.labels) +
    approximateBytes(series.description) +
    approximateBytes(series.data) +
    approximateBytes(series.exemplars) +
    series.history.length * entryBytes(series.data)
  );
}
