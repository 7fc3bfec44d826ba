import type { Attributes, Door, Resource, Scope } from './model.ts';

export interface Exemplar {
  readonly value: number;
  readonly timeNanos: bigint;
  readonly traceId: string | null;
  readonly spanId: string | null;
  readonly attributes: Attributes;
}

export interface HistogramData {
  readonly count: number;
  readonly sum: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Upper bounds, inclusive; `counts` has one more element, for what lies above the last. */
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** Bucket `i` of `counts` holds (base^(offset+i), base^(offset+i+1)], where base = 2^(2^-scale). */
export interface ExponentialBuckets {
  readonly offset: number;
  readonly counts: readonly number[];
}

export interface ExponentialHistogramData {
  readonly count: number;
  readonly sum: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly scale: number;
  readonly zeroCount: number;
  readonly zeroThreshold: number;
  readonly positive: ExponentialBuckets;
  readonly negative: ExponentialBuckets;
}

export interface SummaryData {
  readonly count: number;
  readonly sum: number;
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
}

export type MetricData =
  | { readonly type: 'sum'; readonly monotonic: boolean; readonly value: number }
  | { readonly type: 'gauge'; readonly value: number }
  | { readonly type: 'histogram'; readonly value: HistogramData }
  | { readonly type: 'exponential_histogram'; readonly value: ExponentialHistogramData }
  | { readonly type: 'summary'; readonly value: SummaryData };

export type Temporality = 'delta' | 'cumulative';

/** One data point as received. */
export interface MetricPoint {
  readonly door: Door;
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  /** Absent for gauges and summaries. */
  readonly temporality: Temporality | null;
  readonly resource: Resource;
  readonly scope: Scope;
  readonly labels: Attributes;
  readonly startNanos: bigint;
  readonly timeNanos: bigint;
  readonly data: MetricData;
  readonly exemplars: readonly Exemplar[];
}

/**
 * What a series gained after `fromMs` up to `untilMs`; of a gauge or an up-down counter, what it stood at from one
 * to the other. Milliseconds since the epoch, with fractions.
 */
export interface HistoryEntry {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly data: MetricData;
}

/** The state of one series: the last point, or the sum of all points where they are deltas. */
export interface MetricSeries extends MetricPoint {
  readonly pointCount: number;
  /** Times that it began again from zero. */
  readonly resetCount: number;
  readonly updatedAtMs: number;
  /** Oldest first, without overlaps. */
  readonly history: readonly HistoryEntry[];
}

/** What is shown as it stands, where others are shown by what they gain. */
export function isLevel(data: MetricData): boolean {
  return data.type === 'gauge' || (data.type === 'sum' && !data.monotonic);
}
