import { addData, sameBounds, subtractData } from './metric-arithmetic.ts';
import {
  type Exemplar,
  type HistoryEntry,
  isLevel,
  type MetricData,
  type MetricPoint,
} from './metric-model.ts';

const exemplarsMax = 50;

export interface Accumulated {
  /** The point itself, or the sum with it where it is a delta. */
  readonly point: MetricPoint;
  /** What it adds to the history; undefined where nothing is known of what it gained. */
  readonly entry: HistoryEntry | undefined;
  /** It began again from zero since the point before. */
  readonly isReset: boolean;
  /** Its buckets are others than before: what came before has no common measure with it. */
  readonly isIncomparable: boolean;
}

/** What a series holds after its first point. */
export function begin(point: MetricPoint): Accumulated {
  const known = isLevel(point.data) || point.startNanos > 0n;
  return {
    point,
    entry: known ? entryOf(point, point.data, millisecondsOf(startOf(point))) : undefined,
    isReset: false,
    isIncomparable: false,
  };
}

/** What a series holds after one more point, which is not older than the last. */
export function accumulate(series: MetricPoint, given: MetricPoint): Accumulated {
  const exemplars = newestExemplars(series.exemplars, given.exemplars);
  const point = { ...given, exemplars, data: withSharedBounds(series.data, given.data) };
  if (point.temporality === 'delta' && series.temporality === 'delta') {
    return addDelta(series, point);
  }
  const lastMs = millisecondsOf(series.timeNanos);
  if (isLevel(point.data)) {
    const fromMs = millisecondsOf(point.timeNanos);
    const isReset = beganAgain(series, point);
    return { point, entry: entryOf(point, point.data, fromMs), isReset, isIncomparable: false };
  }
  const gained = beganAgain(series, point) ? undefined : subtractData(point.data, series.data);
  if (gained !== undefined) {
    return { point, entry: entryOf(point, gained, lastMs), isReset: false, isIncomparable: false };
  }
  const fromMs = Math.max(lastMs, millisecondsOf(point.startNanos));
  return {
    point,
    entry: entryOf(point, point.data, fromMs),
    isReset: true,
    isIncomparable: !isComparable(series.data, point.data),
  };
}

/** Adds a delta that came after younger ones: it changes the sum and nothing else. */
export function addLateDelta(series: MetricPoint, point: MetricPoint): Accumulated | undefined {
  const data = addData(series.data, point.data);
  // Without a stretch of time of its own nobody can tell it from one that was sent twice.
  const hasStretch = point.startNanos > 0n && point.startNanos < point.timeNanos;
  if (data === undefined || !hasStretch || isLevel(point.data)) return undefined;
  return {
    point: {
      ...series,
      data,
      startNanos: earliest(point.startNanos, series.startNanos),
      exemplars: newestExemplars(series.exemplars, point.exemplars),
    },
    entry: entryOf(point, point.data, millisecondsOf(point.startNanos)),
    isReset: false,
    isIncomparable: false,
  };
}

function earliest(a: bigint, b: bigint): bigint {
  return b > a ? a : b;
}

function millisecondsOf(nanos: bigint): number {
  return Number(nanos) / 1e6;
}

function addDelta(series: MetricPoint, point: MetricPoint): Accumulated {
  const lastMs = millisecondsOf(series.timeNanos);
  const data = addData(series.data, point.data);
  const fromMs = Math.max(lastMs, millisecondsOf(point.startNanos));
  if (data === undefined) {
    return {
      point,
      entry: entryOf(point, point.data, fromMs),
      isReset: true,
      isIncomparable: true,
    };
  }
  const whole = { ...point, data, startNanos: series.startNanos };
  const entry = isLevel(data)
    ? entryOf(point, data, millisecondsOf(point.timeNanos))
    : entryOf(point, point.data, fromMs);
  return { point: whole, entry, isReset: false, isIncomparable: false };
}

function entryOf({ timeNanos }: MetricPoint, data: MetricData, fromMs: number): HistoryEntry {
  const untilMs = millisecondsOf(timeNanos);
  return { fromMs: Math.min(fromMs, untilMs), untilMs, data };
}

function startOf({ data, startNanos, timeNanos }: MetricPoint): bigint {
  return isLevel(data) ? timeNanos : startNanos;
}

/** OTLP: a start that moved on says that counting began anew. */
function beganAgain(series: MetricPoint, point: MetricPoint): boolean {
  return series.startNanos > 0n && point.startNanos > series.startNanos;
}

function isComparable(a: MetricData, b: MetricData): boolean {
  return a.type !== 'histogram' || b.type !== 'histogram' || sameBounds(a.value, b.value);
}

/** One array of bounds serves all points of a series. */
function withSharedBounds(known: MetricData, data: MetricData): MetricData {
  if (known.type !== 'histogram' || data.type !== 'histogram') return data;
  if (!sameBounds(known.value, data.value)) return data;
  return { type: 'histogram', value: { ...data.value, bounds: known.value.bounds } };
}

/** Newest last; one that was sent again with the next export is kept once. */
function newestExemplars(known: readonly Exemplar[], added: readonly Exemplar[]) {
  if (added.length === 0) return known;
  const byIdentity = new Map(
    [...known, ...added].map((exemplar) => [
      `${exemplar.timeNanos} ${exemplar.spanId} ${exemplar.value}`,
      exemplar,
    ]),
  );
  return [...byIdentity.values()]
    .sort((a, b) => (a.timeNanos < b.timeNanos ? -1 : a.timeNanos > b.timeNanos ? 1 : 0))
    .slice(-exemplarsMax);
}
