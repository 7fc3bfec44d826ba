import type { MapNode, ServiceMapAnswer } from '../api/contract/overview.ts';
import type { Span } from '../store/model.ts';
import type { TelemetryStore } from '../store/telemetry-store.ts';
import type { StoredSpan } from '../store/trace-store.ts';
import { isRequest, RequestTally } from './request-tally.ts';
import { isoOf, millisecondsOf } from './time.ts';
import type { TimeWindow } from './time-window.ts';

type NodeKind = MapNode['kind'];
interface Node {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly requests: RequestTally;
}

/** Who called whom within the window: from spans whose parent is of another service, and from calls that no stored span answers. */
export function serviceMapOf(store: TelemetryStore, window: TimeWindow): ServiceMapAnswer {
  const nodes = new Map<string, Node>();
  const edges = new Map<string, { from: string; to: string; calls: RequestTally }>();
  const nodeOf = (name: string, kind: NodeKind): Node => {
    const id = `${kind}:${name}`;
    const node = nodes.get(id) ?? { id, name, kind, requests: new RequestTally() };
    nodes.set(id, node);
    return node;
  };
  const connect = (from: Node, to: Node, span: Span) => {
    const key = JSON.stringify([from.id, to.id]);
    const edge = edges.get(key) ?? { from: from.id, to: to.id, calls: new RequestTally() };
    edges.set(key, edge);
    edge.calls.add(span);
  };

  for (const { spans } of store.traces.list()) {
    const answered = answeredCalls(spans);
    for (const { span } of spans.values()) {
      const endMs = millisecondsOf(span.endNanos);
      if (endMs < window.fromMs || endMs > window.toMs) continue;
      const own = nodeOf(span.resource.service, 'service');
      if (isRequest(span)) own.requests.add(span);
      const parent = spans.get(span.parentSpanId ?? '')?.span;
      if (parent !== undefined && parent.resource.service !== span.resource.service) {
        connect(nodeOf(parent.resource.service, 'service'), own, span);
      }
      const peer = answered.has(span.spanId) ? undefined : peerOf(span);
      if (peer === undefined) continue;
      const called = nodeOf(peer.name, peer.kind);
      called.requests.add(span);
      connect(own, called, span);
    }
  }
  return {
    from: isoOf(window.fromMs),
    to: isoOf(window.toMs),
    windowSeconds: window.windowSeconds,
    nodes: [...nodes.values()].map(({ requests, ...node }) => ({
      ...node,
      ...requests.summary(window.windowSeconds),
    })),
    edges: [...edges.values()].map(({ from, to, calls }) => {
      const { requestCount, requestsPerSecond, errorCount, p50Ms, p95Ms } = calls.summary(
        window.windowSeconds,
      );
      return {
        from,
        to,
        callCount: requestCount,
        callsPerSecond: requestsPerSecond,
        errorCount,
        p50Ms,
        p95Ms,
      };
    }),
  };
}

/** Ids of spans under which another service went on. */
function answeredCalls(spans: ReadonlyMap<string, StoredSpan>): Set<string> {
  const answered = new Set<string>();
  for (const { span } of spans.values()) {
    const parent = spans.get(span.parentSpanId ?? '')?.span;
    if (parent !== undefined && parent.resource.service !== span.resource.service) {
      answered.add(parent.spanId);
    }
  }
  return answered;
}

const peers: readonly (readonly [attribute: string, kind: NodeKind])[] = [
  ['gen_ai.provider.name', 'model'],
  ['db.system.name', 'database'],
  ['db.system', 'database'],
  ['messaging.system', 'messaging'],
  ['peer.service', 'external'],
  ['server.address', 'external'],
];

function peerOf({ kind, attributes }: Span): { name: string; kind: NodeKind } | undefined {
  if (kind !== 'client' && kind !== 'producer') return undefined;
  for (const [attribute, nodeKind] of peers) {
    const name = attributes[attribute];
    if (typeof name === 'string' && name !== '') return { name, kind: nodeKind };
  }
  return undefined;
}
