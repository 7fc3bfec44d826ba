/** ISO 8601 with milliseconds; null for 0, which is how OTLP says "not known". */
export function isoOfNanos(nanos: bigint): string | null {
  return nanos === 0n ? null : new Date(Number(nanos / 1_000_000n)).toISOString();
}

/** Never negative: an end before its start, or no end at all, is a duration of 0. */
export function durationMs(startNanos: bigint, endNanos: bigint): number {
  return endNanos > startNanos ? Number(endNanos - startNanos) / 1e6 : 0;
}
