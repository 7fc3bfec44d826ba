/** A trace's spans as rows of a waterfall: pure, and linear in the number of spans. */

/** What the tree needs of a span; times are milliseconds from the start of the trace. */
export interface SpanTimes {
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly offsetMs: number;
  readonly durationMs: number;
}

export interface SpanRow<S extends SpanTimes = SpanTimes> {
  readonly span: S;
  /** 0 for a root. */
  readonly depth: number;
  /** Of all generations. */
  readonly descendantCount: number;
  /** A parent is named, but is not stored. */
  readonly isOrphan: boolean;
}

/**
 * Spans in the order of a tree, children by their start. A span whose parent is not stored is a root; where
 * parents form a ring, one span of it is; every span is in the result once.
 */
export function toSpanRows<S extends SpanTimes>(spans: readonly S[]): readonly SpanRow<S>[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const children = new Map<string, S[]>();
  const roots: S[] = [];
  for (const span of [...spans].sort((a, b) => a.offsetMs - b.offsetMs)) {
    const { parentSpanId } = span;
    if (parentSpanId === null || parentSpanId === span.spanId || !byId.has(parentSpanId)) {
      roots.push(span);
    } else {
      const siblings = children.get(parentSpanId);
      if (siblings) siblings.push(span);
      else children.set(parentSpanId, [span]);
    }
  }

  const rows: { span: S; depth: number; descendantCount: number; isOrphan: boolean }[] = [];
  const seen = new Set<string>();
  const visit = (root: S) => {
    // Without recursion: a trace may be deeper than the stack.
    const open: { at: number; depth: number }[] = [];
    const waiting: { span: S; depth: number }[] = [{ span: root, depth: 0 }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { span, depth } = next;
      if (seen.has(span.spanId)) continue;
      seen.add(span.spanId);
      while ((open.at(-1)?.depth ?? -1) >= depth) close(open, rows);
      open.push({ at: rows.length, depth });
      const isOrphan = depth === 0 && span.parentSpanId !== null;
      rows.push({ span, depth, descendantCount: 0, isOrphan });
      const below = children.get(span.spanId) ?? [];
      for (let at = below.length - 1; at >= 0; at -= 1) {
        waiting.push({ span: below[at] as S, depth: depth + 1 });
      }
    }
    while (open.length > 0) close(open, rows);
  };
  for (const root of roots) visit(root);
  // Only rings are left: nothing outside leads into them.
  for (const span of spans) if (!seen.has(span.spanId)) visit(span);
  return rows;
}

function close(open: { at: number }[], rows: { descendantCount: number }[]): void {
  const ended = open.pop();
  const row = ended && rows[ended.at];
  if (ended && row) row.descendantCount = rows.length - ended.at - 1;
}

/** The rows that are seen when the spans of `collapsed` hide what is below them. */
export function visibleRows<S extends SpanTimes>(
  rows: readonly SpanRow<S>[],
  collapsed: ReadonlySet<string>,
): readonly SpanRow<S>[] {
  if (collapsed.size === 0) return rows;
  const seen: SpanRow<S>[] = [];
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as SpanRow<S>;
    seen.push(row);
    if (collapsed.has(row.span.spanId)) at += row.descendantCount;
  }
  return seen;
}

/**
 * The spans that the trace waited for: from the root, at each moment backwards from its end, the child that
 * ended last before it. Shortening one of them shortens the trace.
 */
export function criticalPath<S extends SpanTimes>(
  rows: readonly SpanRow<S>[],
): ReadonlySet<string> {
  const path = new Set<string>();
  const first = rows[0];
  if (first === undefined) return path;
  const children = new Map<string, S[]>();
  for (const { span } of rows.slice(1)) {
    if (span.parentSpanId === null) continue;
    const siblings = children.get(span.parentSpanId);
    if (siblings) siblings.push(span);
    else children.set(span.parentSpanId, [span]);
  }
  const waiting: { span: S; untilMs: number }[] = [
    { span: first.span, untilMs: endOf(first.span) },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { span } = next;
    if (path.has(span.spanId)) continue;
    path.add(span.spanId);
    let { untilMs } = next;
    const latestFirst = [...(children.get(span.spanId) ?? [])].sort((a, b) => endOf(b) - endOf(a));
    for (const child of latestFirst) {
      // What began after the moment looked at, or outlived its parent, was not waited for.
      if (child.offsetMs >= untilMs || endOf(child) > untilMs + toleranceMs) continue;
      waiting.push({ span: child, untilMs: endOf(child) });
      untilMs = child.offsetMs;
    }
  }
  return path;
}

/** Clocks of two processes on one machine differ by less. */
const toleranceMs = 0.5;

function endOf(span: SpanTimes): number {
  return span.offsetMs + span.durationMs;
}

/** The ids of all spans above one, nearest first. */
export function ancestorsOf(rows: readonly SpanRow[], spanId: string): readonly string[] {
  const parents = new Map(rows.map(({ span }) => [span.spanId, span.parentSpanId]));
  const above: string[] = [];
  for (let id = parents.get(spanId); id && !above.includes(id); id = parents.get(id)) {
    if (parents.has(id)) above.push(id);
  }
  return above;
}
