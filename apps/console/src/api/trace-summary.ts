import type { Door, SpanStatus } from '../store/model.ts';
import type { StoredSpan, Trace } from '../store/trace-store.ts';
import { durationMs, isoOfNanos } from './time.ts';

export interface TraceSummary {
  readonly traceId: string;
  /** Name and service of the root span, or of the earliest one where the root did not come. */
  readonly name: string;
  readonly service: string;
  readonly start: string | null;
  readonly startUnixNano: string;
  readonly durationMs: number;
  readonly status: Exclude<SpanStatus, 'unset'>;
  readonly spanCount: number;
  readonly errorSpanCount: number;
  readonly services: readonly string[];
  readonly doors: readonly Door[];
}

export interface TraceQuery {
  readonly service?: string | undefined;
  readonly name?: string | undefined;
  readonly status?: TraceSummary['status'] | undefined;
  readonly limit: number;
}

/** Newest first by start; `total` counts what matched before the limit. */
export function listTraces(
  traces: Iterable<Trace>,
  query: TraceQuery,
): { traces: TraceSummary[]; total: number } {
  const matching = [...traces]
    .filter((trace) => matches(trace, query))
    .map((trace) => ({ trace, startNanos: startOf(trace) }));
  matching.sort((a, b) => (a.startNanos < b.startNanos ? 1 : a.startNanos > b.startNanos ? -1 : 0));
  return {
    traces: matching.slice(0, query.limit).map(({ trace }) => summarizeTrace(trace)),
    total: matching.length,
  };
}

export function summarizeTrace(trace: Trace): TraceSummary {
  const spans = [...trace.spans.values()];
  const startNanos = startOf(trace);
  const endNanos = endOf(trace);
  const root = rootOf(spans);
  const errorSpanCount = spans.filter(({ span }) => span.status === 'error').length;
  return {
    traceId: trace.traceId,
    name: root?.span.name ?? '',
    service: root?.span.resource.service ?? '',
    start: isoOfNanos(startNanos),
    startUnixNano: startNanos.toString(),
    durationMs: durationMs(startNanos, endNanos),
    status: errorSpanCount > 0 ? 'error' : 'ok',
    spanCount: spans.length,
    errorSpanCount,
    services: [...new Set(spans.map(({ span }) => span.resource.service))].sort(),
    doors: [...new Set(spans.flatMap(({ doors }) => doors))].sort(),
  };
}

function rootOf(spans: readonly StoredSpan[]): StoredSpan | undefined {
  const earliest = (candidates: readonly StoredSpan[]) =>
    candidates.reduce<StoredSpan | undefined>(
      (first, next) =>
        first === undefined || next.span.startNanos < first.span.startNanos ? next : first,
      undefined,
    );
  return earliest(spans.filter(({ span }) => span.parentSpanId === null)) ?? earliest(spans);
}

function startOf(trace: Trace): bigint {
  let start: bigint | undefined;
  for (const { span } of trace.spans.values()) {
    if (start === undefined || span.startNanos < start) start = span.startNanos;
  }
  return start ?? 0n;
}

function endOf(trace: Trace): bigint {
  let end = 0n;
  for (const { span } of trace.spans.values()) {
    if (span.endNanos > end) end = span.endNanos;
  }
  return end;
}

/** Service and name may be those of different spans of the trace. */
function matches(trace: Trace, { service, name, status }: TraceQuery): boolean {
  const spans = [...trace.spans.values()].map(({ span }) => span);
  const part = name?.toLowerCase();
  return (
    (service === undefined || spans.some((span) => span.resource.service === service)) &&
    (part === undefined || spans.some((span) => span.name.toLowerCase().includes(part))) &&
    (status === undefined || spans.some((span) => span.status === 'error') === (status === 'error'))
  );
}
