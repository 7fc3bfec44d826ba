import type { TracesParameters } from '../api/contract/parameters.ts';
import type { TraceSummary, TracesAnswer } from '../api/contract/traces.ts';
import type { ErrorStore } from '../store/error-store.ts';
import type { Span } from '../store/model.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import type { Trace } from '../store/trace-store.ts';
import { hasAttributes } from './attributes-match.ts';
import { pageOf } from './page.ts';
import { testSessionOf } from './test-session-request.ts';
import { durationMs, isoOfNanos, isWithin, millisecondsOf } from './time.ts';

/** A page of the traces that match. */
export function searchTraces(store: TelemetryStore, parameters: TracesParameters): TracesAnswer {
  const { limit, cursor, sort } = parameters;
  const page = pageOf(matching(store.traces.list(), parameters), {
    limit,
    cursor,
    positionOf: ({ traceId, startNanos, endNanos }) => ({
      rank: sort === 'slowest' ? durationMs(startNanos, endNanos) : Number(startNanos),
      id: traceId,
    }),
  });
  const errorCounts = countErrorsByTrace(store.errors);
  return {
    traces: page.items.map((trace) => summarizeTrace(trace, errorCounts.get(trace.traceId) ?? 0)),
    total: page.total,
    nextCursor: page.nextCursor,
  };
}

export function summarizeTrace(trace: Trace, errorEventCount: number): TraceSummary {
  const spans = [...trace.spans.values()];
  const { root, startNanos, endNanos, errorSpanCount } = trace;
  return {
    traceId: trace.traceId,
    name: root.span.name,
    service: root.span.resource.service,
    start: isoOfNanos(startNanos),
    startUnixNano: startNanos.toString(),
    durationMs: durationMs(startNanos, endNanos),
    status: errorSpanCount > 0 ? 'error' : 'ok',
    spanCount: spans.length,
    errorSpanCount,
    errorEventCount,
    services: [...new Set(spans.map(({ span }) => span.resource.service))].sort(),
    doors: [...new Set(spans.flatMap(({ doors }) => doors))].sort(),
  };
}

export function countErrorsByTrace(errors: ErrorStore): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { traceId } of errors.list()) {
    if (traceId !== null) counts.set(traceId, (counts.get(traceId) ?? 0) + 1);
  }
  return counts;
}

function* matching(traces: Iterable<Trace>, parameters: TracesParameters): Generator<Trace> {
  const { status, minDurationMs = 0, maxDurationMs = Number.POSITIVE_INFINITY } = parameters;
  const isWanted = spanCondition(parameters);
  for (const trace of traces) {
    const { startNanos, endNanos, errorSpanCount } = trace;
    const duration = durationMs(startNanos, endNanos);
    if (status !== undefined && errorSpanCount > 0 !== (status === 'error')) continue;
    if (duration < minDurationMs || duration > maxDurationMs) continue;
    if (!isWithin(millisecondsOf(startNanos), parameters)) continue;
    if (isWanted(trace)) yield trace;
  }
}

/** Conditions of different kinds may hold for different spans of a trace; attributes hold for one. */
function spanCondition(parameters: TracesParameters): (trace: Trace) => boolean {
  const { service, name, attribute, run, testSession } = parameters;
  const part = name?.toLowerCase();
  const conditions: ((span: Span) => boolean)[] = [];
  if (service !== undefined) conditions.push((span) => span.resource.service === service);
  if (part !== undefined) conditions.push((span) => span.name.toLowerCase().includes(part));
  if (attribute.length > 0) {
    conditions.push((span) =>
      hasAttributes([span.attributes, span.resource.attributes], attribute),
    );
  }
  if (run !== undefined) {
    conditions.push((span) => span.attributes['run.id'] === run || span.traceId === run);
  }
  if (testSession !== undefined) {
    conditions.push((span) => testSessionOf(span)?.sessionId === testSession);
  }
  return ({ spans }) => conditions.every((condition) => anySpan(spans.values(), condition));
}

function anySpan(spans: Iterable<{ span: Span }>, condition: (span: Span) => boolean): boolean {
  for (const { span } of spans) {
    if (condition(span)) return true;
  }
  return false;
}
