import { Link } from 'wouter';
import type { TraceSummary } from '../../../src/api/contract/traces.ts';
import { formatDuration, formatTime } from '../shared/format.ts';
import { DoorMarks, StatusMark } from '../shared/marks.tsx';

export function TraceListHeader() {
  return (
    <div className="trace-row row-header" aria-hidden="true">
      <span>time</span>
      <span>root span</span>
      <span>services</span>
      <span className="number">spans</span>
      <span>doors</span>
      <span className="number">duration</span>
      <span />
    </div>
  );
}

export function TraceRow(props: {
  readonly trace: TraceSummary;
  /** Of all traces in the list: what a full bar is. */
  readonly longestMs: number;
  readonly isSelected: boolean;
}) {
  const { trace, longestMs, isSelected } = props;
  const isError = trace.status === 'error';
  return (
    <Link
      href={`/traces/${trace.traceId}`}
      className={isSelected ? 'trace-row row selected' : 'trace-row row'}
      aria-current={isSelected ? 'true' : undefined}
    >
      <span className="mono muted">
        {trace.start === null ? '–' : formatTime(Date.parse(trace.start))}
      </span>
      <span className="ellipsis">
        <StatusMark isError={isError} />{' '}
        <span className="row-name">{trace.name || '(no name)'}</span>
        {trace.errorEventCount > 0 && (
          <span className="chip chip-bad">{trace.errorEventCount} reported</span>
        )}
      </span>
      <span className="ellipsis muted">{trace.services.join(', ')}</span>
      <span className="number muted">{trace.spanCount}</span>
      <DoorMarks doors={trace.doors} />
      <span className="number">{formatDuration(trace.durationMs)}</span>
      <span className="duration-bar" aria-hidden="true">
        <span
          className={isError ? 'duration-fill bad' : 'duration-fill'}
          style={{
            width: `${longestMs === 0 ? 0 : Math.max(0.5, (trace.durationMs / longestMs) * 100)}%`,
          }}
        />
      </span>
    </Link>
  );
}
