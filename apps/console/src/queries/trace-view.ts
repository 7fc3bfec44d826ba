import type { SpanNode, SpanView, TraceAnswer } from '../api/contract/traces.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import type { StoredSpan, Trace } from '../store/trace-store.ts';
import { searchErrors } from './search-errors.ts';
import { toLogView } from './search-logs.ts';
import { summarizeTrace } from './search-traces.ts';
import { durationMs, isoOfNanos } from './time.ts';

/** Deeper children are listed as roots of their own: JSON of endless depth cannot be written. */
const treeDepthMax = 200;

/** A node whose children are still being found. */
type GrowingNode = SpanNode & { readonly children: GrowingNode[] };

const logsMax = 1_000;

/** A trace with all that belongs to it: its spans in order of start and as trees, its logs and its Sentry errors. */
export function toTraceView(trace: Trace, store: TelemetryStore): TraceAnswer {
  const { traceId } = trace;
  const { errors } = searchErrors(store.errors, { traceId, limit: Number.POSITIVE_INFINITY });
  const logs = store.logs.ofTrace(traceId).sort((a, b) => compare(a.timeNanos, b.timeNanos));
  const errorIds = Map.groupBy(errors, ({ spanId }) => spanId);
  const logsBySpan = Map.groupBy(logs, ({ spanId }) => spanId);
  const spans = inOrderOfStart(trace);
  return {
    ...summarizeTrace(trace, errors.length),
    logCount: logs.length,
    logs: logs.slice(0, logsMax).map(toLogView),
    errors,
    spans: spans.map((stored) => ({
      ...toSpanView(stored, trace.startNanos),
      errorIds: (errorIds.get(stored.span.spanId) ?? []).map(({ eventId }) => eventId),
      logCount: logsBySpan.get(stored.span.spanId)?.length ?? 0,
    })),
    tree: toTree(spans),
  };
}

function inOrderOfStart(trace: Trace): StoredSpan[] {
  return [...trace.spans.values()].sort(({ span: a }, { span: b }) =>
    compare(a.startNanos, b.startNanos),
  );
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toSpanView(
  { span, doors }: StoredSpan,
  traceStartNanos: bigint,
): Omit<SpanView, 'errorIds' | 'logCount'> {
  const offsetMs = (nanos: bigint) => Number(nanos - traceStartNanos) / 1e6;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    name: span.name,
    kind: span.kind,
    service: span.resource.service,
    resource: span.resource.attributes,
    scope: span.scope,
    start: isoOfNanos(span.startNanos),
    startUnixNano: span.startNanos.toString(),
    offsetMs: offsetMs(span.startNanos),
    durationMs: durationMs(span.startNanos, span.endNanos),
    status: span.status,
    statusMessage: span.statusMessage,
    attributes: span.attributes,
    events: span.events.map(({ name, timeNanos, attributes }) => ({
      name,
      time: isoOfNanos(timeNanos),
      offsetMs: offsetMs(timeNanos),
      attributes,
    })),
    links: [...span.links],
    dropped: span.dropped,
    doors,
  };
}

/**
 * Spans nested under their parents, in order of start. Roots are the spans without a parent and
 * those whose parent is not stored; every span is in the result once, even where parents form a ring.
 */
export function toTree(spans: readonly StoredSpan[]): SpanNode[] {
  const nodes = new Map(spans.map((stored) => [stored.span.spanId, toNode(stored)]));
  const depths = new Map<string, number>();
  const byId = new Map(spans.map((stored) => [stored.span.spanId, stored]));
  const roots: SpanNode[] = [];

  for (const { span } of spans) {
    const node = nodes.get(span.spanId);
    if (node === undefined) continue;
    const parent = span.parentSpanId === null ? undefined : nodes.get(span.parentSpanId);
    const depth = depthOf(span.spanId, { byId, depths });
    if (parent === undefined || depth === 0) roots.push(node);
    else parent.children.push(node);
  }
  return roots;
}

/** 0 for a root. Walks up until a known depth, a missing parent or a span seen on the way. */
function depthOf(
  spanId: string,
  { byId, depths }: { byId: Map<string, StoredSpan>; depths: Map<string, number> },
): number {
  const path: string[] = [];
  const seen = new Set<string>();
  let current: string | null = spanId;
  while (current !== null && !depths.has(current) && !seen.has(current) && byId.has(current)) {
    path.push(current);
    seen.add(current);
    current = byId.get(current)?.span.parentSpanId ?? null;
  }

  // Above the path: a span of known depth, or nothing (the last of the path is a root or closes a ring).
  let depth = current !== null && !seen.has(current) ? (depths.get(current) ?? -1) : -1;
  for (const id of path.reverse()) {
    depth = depth + 1 >= treeDepthMax ? 0 : depth + 1;
    depths.set(id, depth);
  }
  return depths.get(spanId) ?? 0;
}

function toNode({ span, doors }: StoredSpan): GrowingNode {
  return {
    spanId: span.spanId,
    name: span.name,
    kind: span.kind,
    service: span.resource.service,
    durationMs: durationMs(span.startNanos, span.endNanos),
    status: span.status,
    attributes: span.attributes,
    doors,
    children: [],
  };
}
