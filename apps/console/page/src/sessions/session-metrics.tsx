import { Link } from 'wouter';
import type { TestSessionsAnswer } from '../../../src/api/contract/runs.ts';
import { formatDuration, formatNumber } from '../shared/format.ts';

type Levels = TestSessionsAnswer['metrics']['started'];

/** What the services count themselves, besides what is in the traces stored here. */
export function SessionMetrics({ metrics }: { metrics: TestSessionsAnswer['metrics'] }) {
  const seconds = (value: number | null) => formatDuration(value === null ? null : value * 1000);
  return (
    <section
      className="tiles small"
      aria-label="All sessions since the services began, by their metrics"
    >
      <Figure name="started" levels={metrics.started} metric="test.sessions.started" />
      <Figure name="completed" levels={metrics.completed} metric="test.sessions.completed" />
      <Figure name="abandoned" levels={metrics.abandoned} metric="test.sessions.abandoned" />
      <Figure name="active" levels={metrics.active} metric="test.sessions.active" />
      <Figure
        name="median time"
        levels={metrics.durationSecondsP50}
        metric="test.sessions.duration"
        format={seconds}
      />
      <Figure name="median score" levels={metrics.scoreP50} metric="test.score" />
    </section>
  );
}

function Figure(props: {
  readonly name: string;
  readonly levels: Levels;
  readonly metric: string;
  readonly format?: (value: number | null) => string;
}) {
  const { name, levels, metric, format = formatNumber } = props;
  return (
    <Link className="tile" href={`/metrics?name=${encodeURIComponent(metric)}&by=adaptive`}>
      <span className="tile-title">{name}</span>
      {levels.length === 0 && <span className="tile-note">no metric yet</span>}
      {levels.map(({ adaptive, value }) => (
        <span key={adaptive} className="tile-pair">
          <b>{format(value)}</b>{' '}
          {adaptive === 'true' ? 'adaptive' : adaptive === 'false' ? 'fixed' : adaptive}
        </span>
      ))}
    </Link>
  );
}
