import type { Exemplar } from './exemplar.ts';

/** Any value of the code's own making; the series budget is what bounds it. */
export const openLabel = 'open';

export type LabelValue = string | number | boolean;
export type Labels = Readonly<Record<string, LabelValue | undefined>>;

/** What the store keeps series for: a catalogue's metric, or one of the library's own with open labels. */
export interface MetricSpec {
  readonly name: string;
  readonly kind: 'counter' | 'up_down_counter' | 'gauge' | 'histogram';
  readonly unit: string;
  readonly description: string;
  readonly labels: Readonly<Record<string, readonly string[] | typeof openLabel>>;
  readonly buckets?: readonly number[];
  /** About telemetry itself: for scrapes and OpenTelemetry, not for Sentry. */
  readonly isSelf?: boolean;
}

/** Told of every accepted record, with the labels as they were kept. */
export type RecordListener = (
  spec: MetricSpec,
  attributes: Readonly<Record<string, LabelValue>>,
  value: number,
) => void;

/** One label set of one metric, with its running value. */
export interface Series {
  readonly attributes: Record<string, LabelValue>;
  /** A sum's total, a gauge's last value, a histogram's sum. */
  value: number;
  /** Histograms only. */
  readonly buckets: number[];
  count: number;
  min: number;
  max: number;
  /** Histograms: one a bucket. Counters: one. */
  readonly exemplars: (Exemplar | undefined)[];
}

export function createSeries(spec: MetricSpec, attributes: Record<string, LabelValue>): Series {
  const buckets = spec.kind === 'histogram' ? emptyBuckets(spec.buckets?.length ?? 0) : [];
  return { attributes, value: 0, buckets, count: 0, min: Infinity, max: -Infinity, exemplars: [] };
}

/**
 * Adds to a sum, replaces a gauge, observes into a histogram. The value has been checked.
 *
 * @returns The slot of the exemplar: a histogram's bucket, else 0.
 */
export function recordInto(series: Series, spec: MetricSpec, value: number): number {
  series.count += 1;
  if (spec.kind === 'gauge') {
    series.value = value;
    return 0;
  }
  series.value += value;
  if (spec.kind !== 'histogram') return 0;
  series.min = Math.min(series.min, value);
  series.max = Math.max(series.max, value);
  const bucket = bucketOf(spec.buckets ?? [], value);
  series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
  return bucket;
}

/** Index of the first bound that is not below the value; the last bucket is without bound. */
function bucketOf(bounds: readonly number[], value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function emptyBuckets(bounds: number): number[] {
  return new Array<number>(bounds + 1).fill(0);
}
