import { approximateBytes } from './approximate-bytes.ts';
import { BoundedMap } from './bounded-map.ts';
import type { Door, Span } from './model.ts';

export interface StoredSpan {
  readonly span: Span;
  readonly doors: Door[];
}

export interface Trace {
  readonly traceId: string;
  readonly spans: Map<string, StoredSpan>;
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
  #dropped = 0;
  #merged = 0;
  #repeated = 0;

  constructor(limits: TraceStoreLimits) {
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
    const trace = this.#traces.get(span.traceId) ?? { traceId: span.traceId, spans: new Map() };
    const known = trace.spans.get(span.spanId);
    if (known !== undefined) {
      this.#mark(known, door);
      return;
    }
    // One endless trace must not push itself out as a whole.
    if (trace.spans.size >= this.#spansMax) {
      this.#dropped += 1;
      return;
    }
    trace.spans.set(span.spanId, { span, doors: [door] });
    const weight = this.#traces.weightOf(span.traceId);
    this.#traces.set(span.traceId, trace, {
      items: weight.items + 1,
      bytes: weight.bytes + spanBytes(span),
    });
  }

  find(traceId: string): Trace | undefined {
    return this.#traces.get(traceId);
  }

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

  #mark(known: StoredSpan, door: Door): void {
    if (known.doors.includes(door)) {
      this.#repeated += 1;
      return;
    }
    known.doors.push(door);
    this.#merged += 1;
  }
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
