/** ISO 8601 with milliseconds; null for 0, which is how OTLP says "not known". */
export function isoOfNanos(nanos: bigint): string | null {
  return nanos === 0n ? null : isoOf(millisecondsOf(nanos));
}

/** @param timeMs Milliseconds since the epoch; what no date can hold becomes the nearest that one can. */
export function isoOf(timeMs: number): string {
  const dateMsMax = 8.64e15;
  return new Date(Math.min(Math.max(Math.trunc(timeMs), -dateMsMax), dateMsMax)).toISOString();
}

/** Milliseconds since the epoch, with fractions. */
export function millisecondsOf(nanos: bigint): number {
  return Number(nanos) / 1e6;
}

/** Never negative: an end before its start, or no end at all, is a duration of 0. */
export function durationMs(startNanos: bigint, endNanos: bigint): number {
  return endNanos > startNanos ? Number(endNanos - startNanos) / 1e6 : 0;
}

export interface TimeRange {
  /** Milliseconds since the epoch, inclusive. */
  readonly from?: number | undefined;
  /** Exclusive. */
  readonly to?: number | undefined;
}

export function isWithin(timeMs: number, { from, to }: TimeRange): boolean {
  return (from === undefined || timeMs >= from) && (to === undefined || timeMs < to);
}
