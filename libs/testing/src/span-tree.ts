/** What a tree needs to know of a span: received spans and spans kept in memory both fit. */
export interface SpanLike {
  readonly name: string;
  readonly kind: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly service?: string;
  readonly status?: string;
  readonly statusMessage?: string;
  readonly durationMs?: number;
  readonly startTimeUnixNano?: string;
}

/** A span with the spans below it. */
export interface SpanNode {
  readonly name: string;
  readonly kind: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children: readonly SpanNode[];
  readonly service?: string;
  readonly status?: string;
  readonly statusMessage?: string;
  readonly durationMs?: number;
  readonly traceId: string;
  readonly spanId: string;
  /** The parent's id where the parent is not among the spans. */
  readonly missingParentId?: string;
}

/**
 * Arranges spans as trees, children by their start; with `traceId`, those of one trace.
 *
 * @returns The roots by their start: spans without a parent, and spans whose parent is not there.
 */
export function spanTree(spans: readonly SpanLike[], traceId?: string): readonly SpanNode[] {
  const sorted = spans.filter((span) => (traceId ?? span.traceId) === span.traceId).sort(byStart);
  const known = new Set(sorted.map(idOf));
  const childrenOf = Map.groupBy(sorted, parentOf);
  const placed = new Set<SpanLike>();
  const place = (span: SpanLike): SpanNode => {
    placed.add(span);
    const children = (childrenOf.get(idOf(span)) ?? []).filter((child) => !placed.has(child));
    return toNode(span, known.has(parentOf(span) ?? ''), children.map(place));
  };
  const roots = sorted.filter((span) => !known.has(parentOf(span) ?? '')).map(place);
  // Spans that are their own ancestors hang below no root, and must not vanish.
  const rest = sorted.flatMap((span) => (placed.has(span) ? [] : [place(span)]));
  return [...roots, ...rest];
}

/** Writes trees as text: one line a span, with its service where that changes, its duration and its error. */
export function formatSpanTree(tree: readonly SpanNode[]): string {
  return tree.flatMap((root) => linesOf(root, undefined)).join('\n');
}

function linesOf(node: SpanNode, parentService: string | undefined): string[] {
  const lines = node.children.flatMap((child, index) => {
    const isLast = index === node.children.length - 1;
    const [first = '', ...rest] = linesOf(child, node.service);
    return [
      `${isLast ? '└─' : '├─'} ${first}`,
      ...rest.map((line) => `${isLast ? '  ' : '│ '} ${line}`),
    ];
  });
  return [titleOf(node, parentService), ...lines];
}

function titleOf(node: SpanNode, parentService: string | undefined): string {
  const { name, kind, service, durationMs, missingParentId } = node;
  return [
    name,
    ...(kind.toLowerCase() === 'internal' ? [] : [kind.toUpperCase()]),
    ...(service && service !== parentService ? [`[${service}]`] : []),
    ...(durationMs === undefined ? [] : [formatDuration(durationMs)]),
    ...(node.status === 'error' ? [`ERROR ${node.statusMessage ?? ''}`.trim()] : []),
    ...(missingParentId ? [`(parent ${missingParentId} not received)`] : []),
  ].join('  ');
}

function formatDuration(durationMs: number): string {
  if (durationMs >= 1000) return `${(durationMs / 1000).toFixed(2)} s`;
  return durationMs >= 1 ? `${durationMs.toFixed(1)} ms` : `${Math.round(durationMs * 1000)} µs`;
}

function toNode(span: SpanLike, hasParent: boolean, children: readonly SpanNode[]): SpanNode {
  const { name, kind, attributes, service, status, statusMessage, durationMs, traceId, spanId } =
    span;
  return {
    name,
    kind,
    attributes,
    children,
    traceId,
    spanId,
    ...(service === undefined ? {} : { service }),
    ...(status === undefined ? {} : { status }),
    ...(statusMessage === undefined ? {} : { statusMessage }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(hasParent || !span.parentSpanId ? {} : { missingParentId: span.parentSpanId }),
  };
}

function idOf(span: SpanLike): string {
  return `${span.traceId}/${span.spanId}`;
}

function parentOf(span: SpanLike): string | undefined {
  return span.parentSpanId ? `${span.traceId}/${span.parentSpanId}` : undefined;
}

function byStart(a: SpanLike, b: SpanLike): number {
  const difference = BigInt(a.startTimeUnixNano ?? 0) - BigInt(b.startTimeUnixNano ?? 0);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
