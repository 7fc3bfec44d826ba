import { accumulate } from './accumulate.ts';
import { approximateBytes } from './approximate-bytes.ts';
import { BoundedMap } from './bounded-map.ts';
import type { MetricPoint, MetricSeries } from './metric-model.ts';

export interface MetricStoreLimits {
  readonly seriesMax: number;
  readonly bytesMax: number;
}

/**
 * One entry per series: instance of a service, metric and label set. Cumulative points replace,
 * deltas add up. The series that was longest without a point goes first.
 */
export class MetricStore {
  readonly #series: BoundedMap<string, MetricSeries>;
  readonly #now: () => number;
  #dropped = 0;
  #outOfOrder = 0;

  constructor(limits: MetricStoreLimits, now: () => number) {
    this.#now = now;
    this.#series = new BoundedMap({
      itemsMax: limits.seriesMax,
      bytesMax: limits.bytesMax,
      onEvict: () => {
        this.#dropped += 1;
      },
    });
  }

  add(point: MetricPoint): void {
    const key = seriesKey(point);
    const known = this.#series.get(key);
    // A retried or late export: its numbers are in the series already, or older than it.
    if (known !== undefined && isOutOfOrder(known, point)) {
      this.#outOfOrder += 1;
      return;
    }
    const series: MetricSeries = {
      ...(known === undefined ? point : accumulate(known, point)),
      pointCount: (known?.pointCount ?? 0) + 1,
      updatedAtMs: this.#now(),
    };
    this.#series.set(key, series, { items: 1, bytes: seriesBytes(series) });
  }

  list(query: { name?: string | undefined; service?: string | undefined }): MetricSeries[] {
    return [...this.#series.values()].filter(
      (series) =>
        (query.name === undefined || series.name === query.name) &&
        (query.service === undefined || series.resource.service === query.service),
    );
  }

  counts() {
    return {
      stored: this.#series.items,
      storedBytes: this.#series.bytes,
      dropped: this.#dropped,
      outOfOrder: this.#outOfOrder,
    };
  }
}

function isOutOfOrder(known: MetricSeries, point: MetricPoint): boolean {
  return point.temporality === 'delta'
    ? point.timeNanos <= known.timeNanos
    : point.timeNanos < known.timeNanos;
}

function seriesKey({ resource, scope, name, unit, data, labels }: MetricPoint): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
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
    approximateBytes(series.exemplars)
  );
}
