import { Link } from 'wouter';
import type { LogView } from '../../../src/api/contract/logs.ts';
import { formatAttribute, formatTime, shortId } from '../shared/format.ts';
import { SeverityMark } from '../shared/marks.tsx';

export function LogRow(props: {
  readonly log: LogView;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}) {
  const { log, isSelected, onSelect } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the text within is a button; the row only widens it for the mouse
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className={isSelected ? 'log-row row selected' : 'log-row row'}
      onClick={() => onSelect(log.id)}
    >
      <span className="mono muted">
        {log.time === null ? '–' : formatTime(Date.parse(log.time))}
      </span>
      <SeverityMark severity={log.severity} text={log.severityText} />
      <span className="muted ellipsis">{log.service}</span>
      <button type="button" className="log-text" aria-pressed={isSelected}>
        {log.eventName !== '' && <code>{log.eventName} </code>}
        {formatAttribute(log.body)}
      </button>
      {log.traceId === null ? (
        <span />
      ) : (
        <Link
          href={`/traces/${log.traceId}${log.spanId === null ? '' : `?span=${log.spanId}`}`}
          className="mono"
          title="Open its trace"
          onClick={(event) => event.stopPropagation()}
        >
          {shortId(log.traceId)}
        </Link>
      )}
    </div>
  );
}
