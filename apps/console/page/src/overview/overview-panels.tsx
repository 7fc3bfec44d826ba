import { Link } from 'wouter';
import type { OverviewAnswer } from '../../../src/api/contract/overview.ts';
import { Ago } from '../shared/ago.tsx';
import { formatDuration, formatNumber, formatUsd } from '../shared/format.ts';
import { StateMark, StatusMark } from '../shared/marks.tsx';

/** What to look at first: the slowest, the newest errors, the newest runs. */
export function OverviewPanels({ overview }: { overview: OverviewAnswer }) {
  return (
    <div className="panels">
      <RecentErrors overview={overview} />
      <SlowestTraces overview={overview} />
      <RecentRuns overview={overview} />
    </div>
  );
}

function RecentErrors({ overview }: { overview: OverviewAnswer }) {
  return (
    <section className="panel">
      <h2>
        Recent errors <Link href="/errors">all</Link>
      </h2>
      {overview.recentErrors.length === 0 && <p className="muted">None were reported.</p>}
      <ul className="cards">
        {overview.recentErrors.map((group) => (
          <li key={group.fingerprint}>
            <Link href={`/errors/${encodeURIComponent(group.fingerprint)}`}>
              <span className="card-top">
                <strong>{group.type}</strong>
                <span className="number">×{formatNumber(group.count)}</span>
              </span>
              <span className="card-text">{group.message}</span>
              <span className="card-foot">
                {group.services.join(', ')} · <Ago time={group.lastSeen} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SlowestTraces({ overview }: { overview: OverviewAnswer }) {
  return (
    <section className="panel">
      <h2>
        Slowest of the window <Link href="/traces?sort=slowest">all</Link>
      </h2>
      {overview.slowestTraces.length === 0 && <p className="muted">No traces in this window.</p>}
      <ul className="cards">
        {overview.slowestTraces.map((trace) => (
          <li key={trace.traceId}>
            <Link href={`/traces/${trace.traceId}`}>
              <span className="card-top">
                <span className="ellipsis">
                  {trace.status === 'error' && <StatusMark isError />} {trace.name}
                </span>
                <span className="number">{formatDuration(trace.durationMs)}</span>
              </span>
              <span className="card-foot">
                {trace.service} · {trace.spanCount} spans · <Ago time={trace.start} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecentRuns({ overview }: { overview: OverviewAnswer }) {
  return (
    <section className="panel">
      <h2>
        Recent runs <Link href="/runs">all</Link>
      </h2>
      {overview.recentRuns.length === 0 && (
        <p className="muted">
          No generation run yet. <code>npx pnpm@12 generate --count 48</code>
        </p>
      )}
      <ul className="cards">
        {overview.recentRuns.map((run) => (
          <li key={run.runId ?? run.traceId}>
            <Link href={`/runs/${encodeURIComponent(run.runId ?? run.traceId ?? '')}`}>
              <span className="card-top">
                <StateMark state={run.state} />
                <span className="number">
                  {run.durationSeconds === null ? '–' : formatDuration(run.durationSeconds * 1000)}
                </span>
              </span>
              <span className="card-text">
                {formatNumber(run.inserted)} of {formatNumber(run.requested)} stored ·{' '}
                {formatUsd(run.costUsd)}
              </span>
              <span className="card-foot">
                {run.trigger ?? 'unknown trigger'} · <Ago time={run.startedAt} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
