import type { SpanView } from '../../../src/api/contract/traces.ts';
import { seriesClass } from '../shared/colours.ts';
import { formatDuration } from '../shared/format.ts';
import { ticks } from '../shared/ticks.ts';
import { VirtualRows } from '../shared/virtual-rows.tsx';
import type { SpanRow } from './span-tree.ts';
import { WaterfallRow } from './waterfall-row.tsx';

export interface WaterfallProps {
  readonly rows: readonly SpanRow<SpanView>[];
  /** All services of the trace, in the order of their colours. */
  readonly services: readonly string[];
  readonly durationMs: number;
  readonly collapsed: ReadonlySet<string>;
  readonly criticalPath: ReadonlySet<string> | null;
  readonly selectedIndex: number;
  readonly onSelect: (spanId: string) => void;
  readonly onToggle: (spanId: string) => void;
}

/** Spans as a tree on the left, as bars over time on the right. */
export function Waterfall(props: WaterfallProps) {
  const { rows, services, durationMs, collapsed, criticalPath, selectedIndex } = props;
  // The label of one at the very end would be cut off.
  const places = ticks(durationMs, 6).filter((place) => place <= durationMs * 0.95);
  return (
    <VirtualRows
      count={rows.length}
      rowHeight={26}
      label="Spans of the trace"
      className="waterfall"
      selectedIndex={selectedIndex}
      header={
        <div className="waterfall-row row-header">
          <span>span</span>
          <span className="axis">
            {places.map((place) => (
              <span key={place} className="tick" style={{ left: percent(place, durationMs) }}>
                {formatDuration(place)}
              </span>
            ))}
          </span>
        </div>
      }
      renderRow={(index) => {
        const row = rows[index];
        if (!row) return null;
        const { spanId, service } = row.span;
        return (
          <WaterfallRow
            row={row}
            colour={seriesClass(services.indexOf(service))}
            left={percent(row.span.offsetMs, durationMs)}
            width={percent(row.span.durationMs, durationMs)}
            isLate={row.span.offsetMs > durationMs * 0.7}
            isClosed={collapsed.has(spanId)}
            isOnPath={criticalPath?.has(spanId) ?? false}
            isDimmed={criticalPath !== null && !criticalPath.has(spanId)}
            isSelected={index === selectedIndex}
            onSelect={props.onSelect}
            onToggle={props.onToggle}
          />
        );
      }}
    />
  );
}

function percent(ms: number, durationMs: number): string {
  return `${durationMs === 0 ? 0 : Math.min(100, Math.max(0, (ms / durationMs) * 100))}%`;
}
