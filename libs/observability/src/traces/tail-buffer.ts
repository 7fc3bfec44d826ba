import { SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

export interface TailOptions {
  /** A root span that takes this long is slow. */
  readonly slowMs: number;
  /** Traces that are watched at once; the oldest gives way. */
  readonly tracesMax: number;
  /** Estimated size of all spans that are held; the oldest traces give way. */
  readonly bytesMax: number;
}

/** Spans that sampling dropped, held until it is known whether their trace failed or was slow. */
export interface TailBuffer {
  begin(span: Pick<ReadableSpan, 'parentSpanContext' | 'spanContext'>): void;
  end(span: ReadableSpan): void;
  readonly bytes: number;
  readonly traces: number;
}

interface HeldTrace {
  spans: ReadableSpan[];
  bytes: number;
  /** Root spans of this process that have not ended: a trace may enter a process more than once. */
  open: number;
  isWorthKeeping: boolean;
  /** Decided traces stay known for a while: some spans end after their root. */
  isDone: boolean;
}

/**
 * Sees this process's part of a trace and no other, so it promises nothing across services: what it keeps is
 * marked `sampling.partial`.
 */
export function createTailBuffer(
  options: TailOptions,
  keep: (span: ReadableSpan) => void,
): TailBuffer {
  const { slowMs, tracesMax, bytesMax } = options;
  const held = new Map<string, HeldTrace>();
  let bytes = 0;

  return {
    begin(span) {
      if (!isLocalRoot(span)) return;
      const { traceId } = span.spanContext();
      const trace = held.get(traceId) ?? watch(traceId);
      trace.open += 1;
      trace.isDone = false;
    },
    end(span) {
      const { traceId } = span.spanContext();
      const trace = held.get(traceId);
      if (trace === undefined) return;
      if (trace.isDone) {
        if (trace.isWorthKeeping) keep(asPartial(span));
        return;
      }
      hold(traceId, trace, span);
      if (!isLocalRoot(span)) return;
      trace.open -= 1;
      trace.isWorthKeeping ||= isFailed(span) || hrTimeToMilliseconds(span.duration) >= slowMs;
      if (trace.open <= 0) decide(trace);
    },
    get bytes() {
      return bytes;
    },
    get traces() {
      return held.size;
    },
  };

  function watch(traceId: string): HeldTrace {
    while (held.size >= tracesMax) evictOldest();
    const trace = { spans: [], bytes: 0, open: 0, isWorthKeeping: false, isDone: false };
    held.set(traceId, trace);
    return trace;
  }

  function hold(traceId: string, trace: HeldTrace, span: ReadableSpan): void {
    const size = estimateBytes(span);
    while (bytes + size > bytesMax && isNotOldest(traceId)) evictOldest();
    if (bytes + size > bytesMax) return;
    trace.spans.push(span);
    trace.bytes += size;
    bytes += size;
  }

  function decide(trace: HeldTrace): void {
    if (trace.isWorthKeeping) for (const span of trace.spans) keep(asPartial(span));
    release(trace);
    trace.isDone = true;
  }

  function release(trace: HeldTrace): void {
    bytes -= trace.bytes;
    trace.bytes = 0;
    trace.spans = [];
  }

  function isNotOldest(traceId: string): boolean {
    const [oldest] = held.keys();
    return oldest !== undefined && oldest !== traceId;
  }

  function evictOldest(): void {
    const [oldest] = held;
    if (oldest === undefined) return;
    release(oldest[1]);
    held.delete(oldest[0]);
  }
}

/** The span where a trace begins, or enters this process. */
function isLocalRoot({ parentSpanContext: parent }: Pick<ReadableSpan, 'parentSpanContext'>) {
  return parent === undefined || parent.isRemote === true;
}

function isFailed(span: ReadableSpan): boolean {
  return span.status.code === SpanStatusCode.ERROR;
}

/** The same span for one destination alone: others may have got it as it was. */
function asPartial(span: ReadableSpan): ReadableSpan {
  const spanContext = { ...span.spanContext(), traceFlags: TraceFlags.SAMPLED };
  return Object.create(span, {
    attributes: { value: { ...span.attributes, 'sampling.partial': true }, enumerable: true },
    spanContext: { value: () => spanContext },
  }) as ReadableSpan;
}

const bytesPerSpan = 700;
const bytesPerEntry = 40;

/** Text at two bytes a character, and a flat price for the objects around it. */
function estimateBytes(span: ReadableSpan): number {
  let bytes = bytesPerSpan + 2 * span.name.length + attributeBytes(span.attributes);
  for (const event of span.events) bytes += bytesPerSpan / 2 + attributeBytes(event.attributes);
  for (const link of span.links) bytes += bytesPerSpan / 2 + attributeBytes(link.attributes);
  return bytes + 2 * (span.status.message?.length ?? 0);
}

function attributeBytes(attributes: Readonly<Record<string, unknown>> = {}): number {
  let bytes = 0;
  for (const key in attributes) {
    const value = attributes[key];
    const text =
      typeof value === 'string' ? value.length : Array.isArray(value) ? listSize(value) : 4;
    bytes += bytesPerEntry + 2 * (key.length + text);
  }
  return bytes;
}

function listSize(values: readonly unknown[]): number {
  return values.reduce<number>((sum, each) => sum + 8 + String(each).length, 0);
}
