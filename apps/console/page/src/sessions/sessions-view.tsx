import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { TestSessionSummary, TestSessionsAnswer } from '../../../src/api/contract/runs.ts';
import { Ago } from '../shared/ago.tsx';
import { formatDuration, formatNumber, shortId } from '../shared/format.ts';
import { StateMark } from '../shared/marks.tsx';
import { NumberHeads } from '../shared/number-heads.tsx';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, NothingReceived } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useListKeys } from '../shell/keyboard.ts';
import { SessionMetrics } from './session-metrics.tsx';

/** Test sessions, as their requests tell them: no person, no answer, no score of one. */
export function SessionsView() {
  const query = useAnswer<TestSessionsAnswer>(
    '/api/test-sessions',
    { limit: '500' },
    { signals: ['traces', 'metrics'] },
  );
  return (
    <>
      <PageHeader
        title="Test sessions"
        note={query.data && `${formatNumber(query.data.total)} sessions`}
      />
      <Answer query={query} what="test sessions">
        {({ sessions, metrics }) => (
          <>
            <SessionMetrics metrics={metrics} />
            {sessions.length > 0 ? (
              <SessionTable sessions={sessions} />
            ) : (
              <NothingReceived what="test sessions" />
            )}
          </>
        )}
      </Answer>
    </>
  );
}

const heads = ['answers', 'requests', 'refused', 'errors', 'p50', 'p95', 'began', 'last'];

function SessionTable({ sessions }: { sessions: readonly TestSessionSummary[] }) {
  const [, navigate] = useLocation();
  const [selected, setSelected] = useState(-1);
  useListKeys({
    count: sessions.length,
    index: selected,
    onMove: setSelected,
    onOpen: (index) =>
      navigate(`/sessions/${encodeURIComponent(sessions[index]?.sessionId ?? '')}`),
  });
  return (
    <div className="panel">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">session</th>
            <th scope="col">state</th>
            <NumberHeads names={heads} />
          </tr>
        </thead>
        <tbody>
          {sessions.map((session, index) => (
            <tr key={session.sessionId} className={index === selected ? 'selected' : ''}>
              <th scope="row">
                <Link href={`/sessions/${encodeURIComponent(session.sessionId)}`} className="mono">
                  {shortId(session.sessionId)}
                </Link>
              </th>
              <td>
                <StateMark state={session.state} />
              </td>
              <td className="number">{formatNumber(session.responseCount)}</td>
              <td className="number">{formatNumber(session.requestCount)}</td>
              <td className="number">{formatNumber(session.refusedCount)}</td>
              <td className={session.errorCount > 0 ? 'number bad' : 'number'}>
                {formatNumber(session.errorCount)}
              </td>
              <td className="number">{formatDuration(session.p50Ms)}</td>
              <td className="number">{formatDuration(session.p95Ms)}</td>
              <td className="number">
                <Ago time={session.firstSeen} />
              </td>
              <td className="number">
                <Ago time={session.lastSeen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
