import { type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import type { DataPoint } from '@opentelemetry/sdk-metrics';

/** One measurement of a series, with the span that it was made in. */
export interface Exemplar {
  value: number;
  /** Milliseconds since the epoch. */
  timeMs: number;
  traceId: string;
  spanId: string;
}

/** The SDK's data points have no room for exemplars; ours carry them along, and other readers ignore them. */
export interface ExemplarCarrier {
  readonly exemplars?: readonly Exemplar[];
}

const none: readonly Exemplar[] = [];

/**
 * The active span where this process made it and it is sampled: an exemplar must not point to a trace that
 * nobody kept, and another's sampled flag is a claim. Allocates nothing.
 */
export function findSampledSpan(): SpanContext | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined || (span.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return span.isRemote === true ? undefined : span;
}

/** The newest wins: what was kept in the slot is overwritten in place. */
export function keepExemplar(
  slots: (Exemplar | undefined)[],
  slot: number,
  value: number,
  timeMs: number,
  span: SpanContext,
): void {
  const known = slots[slot];
  if (known === undefined) {
    slots[slot] = { value, timeMs, traceId: span.traceId, spanId: span.spanId };
    return;
  }
  known.value = value;
  known.timeMs = timeMs;
  known.traceId = span.traceId;
  known.spanId = span.spanId;
}

/** Exemplars of a data point, ours or another's. */
export function exemplarsOf(point: DataPoint<unknown> & ExemplarCarrier): readonly Exemplar[] {
  return point.exemplars ?? none;
}
