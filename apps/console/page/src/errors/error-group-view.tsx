import { Link } from 'wouter';
import type { ErrorAnswer, ErrorGroupAnswer } from '../../../src/api/contract/errors.ts';
import { Ago } from '../shared/ago.tsx';
import { formatDateTime, formatNumber, shortId } from '../shared/format.ts';
import { SeverityMark } from '../shared/marks.tsx';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, Empty } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useSearchState } from '../shared/use-search.ts';
import { ErrorContext } from './error-context.tsx';
import { toSeverity } from './stack.ts';
import { StackTraces } from './stack-trace.tsx';

/** One kind of error; one of its events in full, the newest unless the address names another. */
export function ErrorGroupView({ fingerprint }: { fingerprint: string }) {
  const query = useAnswer<ErrorGroupAnswer>(
    `/api/error-groups/${encodeURIComponent(fingerprint)}`,
    {},
    { signals: ['errors'] },
  );
  return (
    <Answer query={query} what="error" missing={<MissingError />}>
      {(group) => <Group group={group} />}
    </Answer>
  );
}

function Group({ group }: { group: ErrorGroupAnswer }) {
  const [params, patch] = useSearchState();
  const eventId = params.get('event') ?? group.lastEventId;
  const event = useAnswer<ErrorAnswer>(`/api/errors/${encodeURIComponent(eventId)}`, {});
  return (
    <>
      <PageHeader title={group.type}>
        <Link className="button" href="/errors">
          All errors
        </Link>
      </PageHeader>
      <p className="error-headline">{group.message}</p>
      <div className="facts">
        <SeverityMark severity={toSeverity(group.level)} text={group.level} />
        <span>
          <b>{formatNumber(group.count)}</b> {group.count === 1 ? 'event' : 'events'}
        </span>
        <span>
          first <Ago time={group.firstSeen} />, last <Ago time={group.lastSeen} />
        </span>
        <span>{group.services.join(', ')}</span>
        {group.culprit !== null && <span className="mono">{group.culprit}</span>}
      </div>
      <div className="error-body">
        <div>
          <Answer
            query={event}
            what="event"
            missing={<Empty title="This event is no longer stored" />}
          >
            {(answer) => <Event event={answer} />}
          </Answer>
        </div>
        <aside className="panel" aria-label="Events of this error">
          <h2>Events</h2>
          <ul className="plain events">
            {group.events.map((each) => (
              <li key={each.eventId}>
                <button
                  type="button"
                  aria-pressed={each.eventId === eventId}
                  onClick={() => patch({ event: each.eventId })}
                >
                  <span className="mono">{shortId(each.eventId)}</span> <Ago time={each.time} />
                </button>
              </li>
            ))}
          </ul>
        </aside>
      </div>
    </>
  );
}

function Event({ event }: { event: ErrorAnswer }) {
  const { traceId, spanId } = event;
  return (
    <>
      <div className="event-head">
        <span className="mono">{event.eventId}</span>
        <span className="muted">{formatDateTime(Date.parse(event.time))}</span>
        {traceId !== null && (
          <>
            <Link
              className="button primary"
              href={`/traces/${traceId}${spanId === null ? '' : `?span=${spanId}`}`}
            >
              Open its trace
            </Link>
            <Link className="button" href={`/logs?traceId=${traceId}`}>
              Logs of the trace
            </Link>
          </>
        )}
      </div>
      <StackTraces exceptions={event.exceptions} />
      {event.exceptions.length === 0 && <p className="error-value">{event.message}</p>}
      <ErrorContext event={event} />
    </>
  );
}

function MissingError() {
  return (
    <>
      <PageHeader title="Error" />
      <Empty title="No event of this error is stored">
        <Link href="/errors">Show the errors that are here</Link>
      </Empty>
    </>
  );
}
