import { Link } from 'wouter';
import type { LogView } from '../../../src/api/contract/logs.ts';
import { AttributeTable } from '../shared/attributes.tsx';
import { formatDateTime } from '../shared/format.ts';
import { DoorMarks, SeverityMark } from '../shared/marks.tsx';

export function LogDrawer({ log, onClose }: { log: LogView; onClose: () => void }) {
  const body = typeof log.body === 'string' ? log.body : JSON.stringify(log.body, null, 2);
  return (
    <aside className="drawer" aria-label="Log line">
      <header>
        <h2>
          <SeverityMark severity={log.severity} text={log.severityText} /> {log.eventName}
        </h2>
        <button
          type="button"
          className="quiet"
          onClick={onClose}
          aria-label="Close line"
          title="Close (Esc)"
        >
          ✕
        </button>
      </header>
      <pre className="log-full">{body}</pre>
      <p className="muted">
        {log.time !== null && formatDateTime(Date.parse(log.time))} · {log.service}{' '}
        <DoorMarks doors={[log.door]} />
      </p>
      {log.traceId !== null && (
        <p className="actions">
          <Link
            className="button"
            href={`/traces/${log.traceId}${log.spanId === null ? '' : `?span=${log.spanId}`}`}
          >
            Open its trace
          </Link>
          <Link className="button" href={`/logs?traceId=${log.traceId}`}>
            All lines of the trace
          </Link>
        </p>
      )}
      <section>
        <h3>Attributes</h3>
        <AttributeTable attributes={log.attributes} />
      </section>
      <details>
        <summary>Resource and scope</summary>
        <AttributeTable attributes={log.resource} />
        <p className="muted small">
          {log.scope.name} {log.scope.version}
        </p>
      </details>
    </aside>
  );
}
