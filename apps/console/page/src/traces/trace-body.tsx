import { useCallback, useMemo, useState } from 'react';
import type { SpanView, TraceAnswer } from '../../../src/api/contract/traces.ts';
import { useSearchState } from '../shared/use-search.ts';
import { useKey, useListKeys } from '../shell/keyboard.ts';
import { SpanDrawer } from './span-drawer.tsx';
import { ancestorsOf, criticalPath, toSpanRows, visibleRows } from './span-tree.ts';
import { Waterfall } from './waterfall.tsx';

/** The waterfall and the span that is looked at, which the address holds. */
export function TraceBody({ trace }: { trace: TraceAnswer }) {
  const [params, patch] = useSearchState();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [showsPath, setShowsPath] = useState(false);
  const spanId = params.get('span');
  const all = useMemo(() => toSpanRows(trace.spans), [trace.spans]);
  const path = useMemo(() => (showsPath ? criticalPath(all) : null), [all, showsPath]);
  const rows = useMemo(() => {
    // A span that the address names is in sight, whatever is closed above it.
    const shown = new Set(collapsed);
    if (spanId !== null) for (const above of ancestorsOf(all, spanId)) shown.delete(above);
    return visibleRows(all, shown);
  }, [all, collapsed, spanId]);
  const index = rows.findIndex(({ span }) => span.spanId === spanId);
  const span = rows[index]?.span;

  const select = useCallback((id: string | null) => patch({ span: id }), [patch]);
  const toggle = useCallback(
    (id: string, isClosed?: boolean) => {
      setCollapsed((now) => {
        const next = new Set(now);
        if (isClosed ?? !now.has(id)) next.add(id);
        else next.delete(id);
        return next;
      });
      // The selected span must not be below what is closed: it would open it again.
      const isBelow = spanId !== null && spanId !== id && ancestorsOf(all, spanId).includes(id);
      if (isBelow) select(id);
    },
    [all, select, spanId],
  );
  const closeAll = () => {
    setCollapsed(
      new Set(
        all.filter((row) => row.depth > 0 && row.descendantCount > 0).map((row) => row.span.spanId),
      ),
    );
    select(null);
  };

  useListKeys({
    count: rows.length,
    index,
    onMove: (next) => select(rows[next]?.span.spanId ?? null),
    onOpen: (at) => toggle(rows[at]?.span.spanId ?? ''),
  });
  useKey((event) => {
    if (event.key === 'Escape') select(null);
    else if (event.key === 'c') setShowsPath((shows) => !shows);
    else if (span && (event.key === 'h' || event.key === 'l'))
      toggle(span.spanId, event.key === 'h');
  });

  return (
    <div className={span ? 'trace-body with-drawer' : 'trace-body'}>
      <div className="trace-main">
        <div className="toolbar">
          <button
            type="button"
            className="button"
            aria-pressed={showsPath}
            onClick={() => setShowsPath(!showsPath)}
          >
            Critical path
          </button>
          <button type="button" className="button" onClick={() => setCollapsed(new Set())}>
            Open all
          </button>
          <button type="button" className="button" onClick={closeAll}>
            Close all
          </button>
          <Legend trace={trace} />
        </div>
        <Waterfall
          rows={rows}
          services={trace.services}
          durationMs={trace.durationMs}
          collapsed={collapsed}
          criticalPath={path}
          selectedIndex={index}
          onSelect={select}
          onToggle={toggle}
        />
      </div>
      {span && (
        <SpanDrawer
          key={span.spanId}
          trace={trace}
          span={span as SpanView}
          onClose={() => select(null)}
        />
      )}
    </div>
  );
}

function Legend({ trace }: { trace: TraceAnswer }) {
  return (
    <ul className="legend" aria-label="Colours of services">
      {trace.services.map((service, index) => (
        <li key={service}>
          <span className={`swatch series-${(index % 8) + 1}`} aria-hidden="true" /> {service}
        </li>
      ))}
    </ul>
  );
}
