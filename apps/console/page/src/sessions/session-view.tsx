import { Link } from 'wouter';
import type { TestSessionAnswer } from '../../../src/api/contract/runs.ts';
import { CopyId } from '../shared/copy-id.tsx';
import { formatDuration, formatNumber, formatTime } from '../shared/format.ts';
import { StateMark, StatusMark } from '../shared/marks.tsx';
import { NumberHeads } from '../shared/number-heads.tsx';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, Empty } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';

/** One test session: its requests in order, each with its trace. */
export function SessionView({ id }: { id: string }) {
  const query = useAnswer<TestSessionAnswer>(
    `/api/test-sessions/${encodeURIComponent(id)}`,
    {},
    { signals: ['traces'] },
  );
  return (
    <Answer query={query} what="test session" missing={<MissingSession />}>
      {(session) => (
        <>
          <PageHeader
            title="Test session"
            note={<CopyId id={session.sessionId} label="session id" isLong />}
          >
            <Link
              className="button"
              href={`/traces?testSession=${encodeURIComponent(session.sessionId)}`}
            >
              Its traces
            </Link>
            <Link className="button" href="/sessions">
              All sessions
            </Link>
          </PageHeader>
          <div className="facts">
            <StateMark state={session.state} />
            <span>
              <b>{formatNumber(session.responseCount)}</b> answers
            </span>
            <span>{formatNumber(session.requestCount)} requests</span>
            <span>
              {formatDuration(Date.parse(session.lastSeen) - Date.parse(session.firstSeen))} in all
            </span>
            <span>
              p50 {formatDuration(session.p50Ms)} · p95 {formatDuration(session.p95Ms)}
            </span>
            {session.refusedCount > 0 && (
              <span className="bad">{session.refusedCount} refused</span>
            )}
          </div>
          <RequestTable session={session} />
        </>
      )}
    </Answer>
  );
}

function RequestTable({ session }: { session: TestSessionAnswer }) {
  const longestMs = session.requests.reduce(
    (most, { durationMs }) => Math.max(most, durationMs),
    0,
  );
  return (
    <div className="panel">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">time</th>
            <th scope="col">step</th>
            <th scope="col">request</th>
            <th scope="col">answer</th>
            <NumberHeads names={['duration']} />
            <th scope="col" className="bar-column">
              <span className="visually-hidden">duration as a bar</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {session.requests.map((request) => (
            <tr key={`${request.traceId} ${request.spanId}`}>
              <td className="mono muted">
                {request.time === null ? '–' : formatTime(Date.parse(request.time))}
              </td>
              <td>{request.step}</td>
              <td>
                <Link href={`/traces/${request.traceId}?span=${request.spanId}`}>
                  {request.name}
                </Link>
              </td>
              <td>
                <StatusMark
                  isError={request.status === 'error' || (request.statusCode ?? 0) >= 400}
                  label={String(request.statusCode ?? request.status)}
                />
              </td>
              <td className="number">{formatDuration(request.durationMs)}</td>
              <td className="bar-column">
                <span className="duration-bar" aria-hidden="true">
                  <span
                    className="duration-fill"
                    style={{
                      width: `${longestMs === 0 ? 0 : (request.durationMs / longestMs) * 100}%`,
                    }}
                  />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MissingSession() {
  return (
    <>
      <PageHeader title="Test session" />
      <Empty title="No request of this session is stored">
        <Link href="/sessions">Show the sessions that are here</Link>
      </Empty>
    </>
  );
}
