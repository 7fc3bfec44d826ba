import { approximateBytes } from './approximate-bytes.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Door, Span } from './model.ts';

export interface StoredSpan {
  readonly span: Span;
  readonly doors: Door[];
}

/** Spans of one trace, and what lists ask of it, kept as spans come. */
export interface Trace {
  readonly traceId: string;
  readonly spans: Map<string, StoredSpan>;
  /** Of the earliest span without a parent, or of the earliest one where none is. */
  root: StoredSpan;
  startNanos: bigint;
  endNanos: bigint;
  errorSpanCount: number;
  /** Milliseconds since the epoch. */
  updatedAtMs: number;
}

export interface TraceStoreLimits {
  readonly spansMax: number;
  readonly bytesMax: number;
}

/**
 * Spans by trace. A whole trace goes at a time, the one that longest had no new span first.
 * A span that comes again by another door is kept once, with both marks.
 */
export class TraceStore {
  readonly #traces: BoundedMap<string, Trace>;
  readonly #spansMax: number;
  readonly #now: () => number;
  #dropped = 0;
  #merged = 0;
  #repeated = 0;

  constructor(limits: TraceStoreLimits, now: () => number) {
    this.#now = now;
    this.#spansMax = limits.spansMax;
    this.#traces = new BoundedMap({
      itemsMax: limits.spansMax,
      bytesMax: limits.bytesMax,
      onEvict: (_trace, weight) => {
        this.#dropped += weight.items;
      },
    });
  }

  add(span: Span, door: Door): void {
    const stored: StoredSpan = { span, doors: [door] };
    const trace = this.#traces.get(span.traceId);
    const known = trace?.spans.get(span.spanId);
    if (known !== undefined) {
      this.#mark(known, door);
      return;
    }
    // One endless trace must not push itself out as a whole.
    if (trace !== undefined && trace.spans.size >= this.#spansMax) {
      this.#dropped += 1;
      return;
    }
    const extended = trace === undefined ? this.#begin(stored) : this.#extend(trace, stored);
    const weight = this.#traces.weightOf(span.traceId);
    this.#traces.set(span.traceId, extended, {
      items: weight.items + 1,
      bytes: weight.bytes + spanBytes(span),
    });
  }

  find(traceId: string): Trace | undefined {
    return this.#traces.get(traceId);
  }

  /** The one that longest had no new span first. */
  list(): Iterable<Trace> {
    return this.#traces.values();
  }

  counts() {
    return {
      traces: this.#traces.size,
      stored: this.#traces.items,
      storedBytes: this.#traces.bytes,
      dropped: this.#dropped,
      /** Came by the second door. */
      merged: this.#merged,
      /** Came again by the same door: a retry. */
      repeated: this.#repeated,
    };
  }

  #begin(stored: StoredSpan): Trace {
    const { span } = stored;
    return {
      traceId: span.traceId,
      spans: new Map([[span.spanId, stored]]),
      root: stored,
      startNanos: span.startNanos,
      endNanos: span.endNanos,
      errorSpanCount: span.status === 'error' ? 1 : 0,
      updatedAtMs: this.#now(),
    };
  }

  #extend(trace: Trace, stored: StoredSpan): Trace {
    const { span } = stored;
    trace.spans.set(span.spanId, stored);
    if (isRatherRoot(span, trace.root.span)) trace.root = stored;
    if (span.startNanos < trace.startNanos) trace.startNanos = span.startNanos;
    if (span.endNanos > trace.endNanos) trace.endNanos = span.endNanos;
    if (span.status === 'error') trace.errorSpanCount += 1;
    trace.updatedAtMs = this.#now();
    return trace;
  }

  #mark(known: StoredSpan, door: Door): void {
    if (known.doors.includes(door)) {
      this.#repeated += 1;
      return;
    }
    known.doors.push(door);
    this.#merged += 1;
  }
}

function isRatherRoot(span: Span, root: Span): boolean {
  const hasParent = span.parentSpanId !== null;
  if (hasParent !== (root.parentSpanId !== null)) return !hasParent;
  return span.startNanos < root.startNanos;
}

function spanBytes(span: Span): number {
  const fixedBytes = 512;
  return (
    fixedBytes +
    approximateBytes(span.name) +
    approximateBytes(span.statusMessage) +
    approximateBytes(span.traceState) +
    approximateBytes(span.attributes) +
    approximateBytes(span.events) +
    approximateBytes(span.links)
  );
}
