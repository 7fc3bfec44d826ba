import type { ErrorAnswer } from '../../../src/api/contract/errors.ts';
import { AttributeTable } from '../shared/attributes.tsx';
import { formatTime } from '../shared/format.ts';

/** What the SDK knew around the error. */
export function ErrorContext({ event }: { event: ErrorAnswer }) {
  const facts = {
    service: event.service,
    environment: event.environment,
    release: event.release,
    ...event.tags,
  };
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
  return (
    <>
      <section className="panel">
        <h2>Tags</h2>
        <AttributeTable attributes={known} />
      </section>
      {event.breadcrumbs.length > 0 && (
        <section className="panel">
          <h2>Before it</h2>
          <table className="list">
            <tbody>
              {event.breadcrumbs.map((crumb, index) => (
                <tr key={index}>
                  <td className="mono muted">
                    {crumb.time === null ? '–' : formatTime(Date.parse(crumb.time))}
                  </td>
                  <td>{crumb.category}</td>
                  <td>{crumb.message}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <section className="panel">
        <h2>Contexts</h2>
        {Object.entries({ ...event.contexts, ...event.extra }).map(([name, value]) => (
          <details key={name}>
            <summary>{name}</summary>
            <AttributeTable attributes={isRecord(value) ? value : { [name]: value }} />
          </details>
        ))}
        <details>
          <summary>The event as it came</summary>
          <pre className="source">{JSON.stringify(event.event, null, 2)}</pre>
        </details>
      </section>
    </>
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
