import { Link } from 'wouter';
import type { OverviewAnswer } from '../../../src/api/contract/overview.ts';
import { formatDuration, formatNumber, formatPercent } from '../shared/format.ts';
import { Sparkline } from '../shared/sparkline.tsx';

/** Traffic, errors and latency of all services together. */
export function TotalTiles({ overview }: { overview: OverviewAnswer }) {
  const { total, recentErrors } = overview;
  return (
    <section className="tiles" aria-label="All services together">
      <Tile
        title="Requests"
        value={formatNumber(total.requestsPerSecond)}
        unit="/s"
        note={`${formatNumber(total.requestCount)} in all`}
        href="/traces"
      >
        <Sparkline values={total.requestRateSeries} label="Requests per second over the window" />
      </Tile>
      <Tile
        title="Errors"
        value={formatPercent(total.errorRatio)}
        note={`${formatNumber(total.errorCount)} failed; ${recentErrors.length} kinds reported`}
        href="/traces?status=error"
        isBad={total.errorCount > 0}
      >
        <Sparkline values={total.errorRatioSeries} label="Share of failed requests" tone="error" />
      </Tile>
      <Tile
        title="Latency p95"
        value={formatDuration(total.p95Ms)}
        note={`p50 ${formatDuration(total.p50Ms)} · p99 ${formatDuration(total.p99Ms)}`}
        href="/traces?sort=slowest"
      >
        <Sparkline values={total.p95MsSeries} label="95th percentile of request durations" />
      </Tile>
    </section>
  );
}

function Tile(props: {
  title: string;
  value: string;
  unit?: string;
  note: string;
  href: string;
  isBad?: boolean;
  children: React.ReactNode;
}) {
  return (
    <Link href={props.href} className={props.isBad ? 'tile tile-bad' : 'tile'}>
      <span className="tile-title">{props.title}</span>
      <span className="tile-value">
        {props.value}
        {props.unit && <small> {props.unit}</small>}
      </span>
      <span className="tile-note">{props.note}</span>
      {props.children}
    </Link>
  );
}
