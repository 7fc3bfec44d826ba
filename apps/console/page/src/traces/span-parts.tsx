import { Link } from 'wouter';
import type { ErrorEventView } from '../../../src/api/contract/errors.ts';
import type { LogView } from '../../../src/api/contract/logs.ts';
import type { SpanView, TraceAnswer } from '../../../src/api/contract/traces.ts';
import { AttributeTable } from '../shared/attributes.tsx';
import { formatAttribute, formatDuration, formatTime, shortId } from '../shared/format.ts';
import { SeverityMark } from '../shared/marks.tsx';

export function SpanErrors({ errors }: { errors: readonly ErrorEventView[] }) {
  if (errors.length === 0) return null;
  return (
    <section>
      <h3>Errors</h3>
      <ul className="cards">
        {errors.map((error) => {
          const thrown = error.exceptions.at(-1);
          return (
            <li key={error.eventId} className="card-bad">
              <Link
                href={`/errors/${encodeURIComponent(error.fingerprint)}?event=${error.eventId}`}
              >
                <span className="card-top">
                  <strong>{thrown?.type ?? error.level}</strong>
                  <span>open error</span>
                </span>
                <span className="card-text">{thrown?.value ?? error.message}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function SpanLogs(props: {
  readonly trace: TraceAnswer;
  readonly span: SpanView;
  readonly logs: readonly LogView[];
}) {
  const { trace, span, logs } = props;
  if (logs.length === 0) return null;
  return (
    <section>
      <h3>
        Logs <Link href={`/logs?traceId=${trace.traceId}&spanId=${span.spanId}`}>open in logs</Link>
      </h3>
      <ul className="span-logs">
        {logs.map((log) => (
          <li key={log.id}>
            <span className="mono muted">
              {log.time === null ? '–' : formatTime(Date.parse(log.time))}
            </span>{' '}
            <SeverityMark severity={log.severity} text={log.severityText} />{' '}
            <Link
              className="log-body"
              href={`/logs?traceId=${trace.traceId}&log=${encodeURIComponent(log.id)}`}
            >
              {log.eventName && <code>{log.eventName}</code>} {formatAttribute(log.body)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function SpanEvents({ events }: { events: SpanView['events'] }) {
  if (events.length === 0) return null;
  return (
    <section>
      <h3>Events</h3>
      {events.map((event, index) => (
        <details key={index}>
          <summary>
            <span className="mono muted">{formatDuration(event.offsetMs)}</span> {event.name}
          </summary>
          <AttributeTable attributes={event.attributes} />
        </details>
      ))}
    </section>
  );
}

export function SpanLinks({ links }: { links: SpanView['links'] }) {
  if (links.length === 0) return null;
  return (
    <section>
      <h3>Linked spans</h3>
      <ul className="plain">
        {links.map((link) => (
          <li key={`${link.traceId} ${link.spanId}`}>
            <Link href={`/traces/${link.traceId}?span=${link.spanId}`}>
              trace <span className="mono">{shortId(link.traceId)}</span>, span{' '}
              <span className="mono">{shortId(link.spanId)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
