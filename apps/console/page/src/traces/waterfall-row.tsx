import type { SpanView } from '../../../src/api/contract/traces.ts';
import { formatDuration } from '../shared/format.ts';
import type { SpanRow } from './span-tree.ts';

const indentPx = 14;
/** Deeper spans stay at this indent, so that their names remain readable. */
const indentDepthMax = 16;

export function WaterfallRow(props: {
  readonly row: SpanRow<SpanView>;
  readonly colour: string;
  readonly left: string;
  readonly width: string;
  /** The bar begins so far right that its label stands before it. */
  readonly isLate: boolean;
  readonly isClosed: boolean;
  readonly isOnPath: boolean;
  readonly isDimmed: boolean;
  readonly isSelected: boolean;
  readonly onSelect: (spanId: string) => void;
  readonly onToggle: (spanId: string) => void;
}) {
  const { row, isClosed, isSelected, onSelect, onToggle } = props;
  const { span, depth, descendantCount, isOrphan } = row;
  const isError = span.status === 'error' || span.errorIds.length > 0;
  const classes = [
    'waterfall-row row',
    isSelected && 'selected',
    props.isDimmed && 'dimmed',
    props.isOnPath && 'on-path',
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the name within is a button; the row only widens it for the mouse
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div className={classes.filter(Boolean).join(' ')} onClick={() => onSelect(span.spanId)}>
      <span
        className="span-cell"
        style={{ paddingLeft: Math.min(depth, indentDepthMax) * indentPx + 4 }}
      >
        {descendantCount > 0 ? (
          <button
            type="button"
            className="twisty"
            aria-expanded={!isClosed}
            aria-label={`${isClosed ? 'Open' : 'Close'} the ${descendantCount} spans below ${span.name}`}
            onClick={(event) => {
              event.stopPropagation();
              onToggle(span.spanId);
            }}
          >
            {isClosed ? '▸' : '▾'}
          </button>
        ) : (
          <span className="twisty" aria-hidden="true" />
        )}
        <button
          type="button"
          className="span-name"
          aria-pressed={isSelected}
          data-span={span.spanId}
        >
          {isError && (
            <span className="bad" title="failed">
              ✖{' '}
            </span>
          )}
          {isOrphan && <span title="Its parent is not stored">⋯ </span>}
          {span.name || '(no name)'}
        </button>
        {isClosed && <span className="chip">+{descendantCount}</span>}
        {span.logCount > 0 && (
          <span className="span-badge" title={`${span.logCount} log lines`}>
            ≡{span.logCount}
          </span>
        )}
        {span.doors.length > 1 && (
          <span className="span-badge" title="came by both doors: OTLP and Sentry">
            ⇉
          </span>
        )}
      </span>
      <span className="bar-cell">
        <span
          className={`bar ${props.colour} ${isError ? 'bar-error' : ''}`}
          style={{ left: props.left, width: props.width }}
        />
        <span
          className={props.isLate ? 'bar-label late' : 'bar-label'}
          style={
            props.isLate
              ? { right: `calc(100% - ${props.left})` }
              : { left: `calc(${props.left} + ${props.width})` }
          }
        >
          {formatDuration(span.durationMs)}
        </span>
      </span>
    </div>
  );
}
