import { Link } from 'wouter';
import type { RunAnswer } from '../../../src/api/contract/runs.ts';
import { Ago } from '../shared/ago.tsx';
import { CopyId } from '../shared/copy-id.tsx';
import { formatDuration, formatNumber, formatUsd } from '../shared/format.ts';
import { StateMark } from '../shared/marks.tsx';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, Empty } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { RunFunnel } from './run-funnel.tsx';
import { RunStages } from './run-stages.tsx';
import { BreakdownTable, CallTable, CostTable, CountTable } from './run-tables.tsx';

/** One generation run: when its stages worked, what became of its questions, what it cost. */
export function RunView({ id }: { id: string }) {
  const query = useAnswer<RunAnswer>(
    `/api/runs/${encodeURIComponent(id)}`,
    {},
    { signals: ['traces', 'logs'] },
  );
  return (
    <Answer query={query} what="run" missing={<MissingRun />}>
      {(run) => (
        <>
          <PageHeader
            title="Generation run"
            note={run.runId !== null && <CopyId id={run.runId} label="run id" isLong />}
          >
            {run.traceId !== null && (
              <Link className="button primary" href={`/traces/${run.traceId}`}>
                Open its trace
              </Link>
            )}
            <Link className="button" href="/runs">
              All runs
            </Link>
          </PageHeader>
          <Facts run={run} />
          <div className="run-body">
            <RunStages run={run} />
            <RunFunnel run={run} />
            <CostTable run={run} />
            <CallTable run={run} />
            <CountTable title="Errors by category" counts={run.errorsByCategory} />
            <BreakdownTable title="By provider" counts={run.byProvider} />
            <BreakdownTable title="By type" counts={run.byType} />
            <BreakdownTable title="By difficulty" counts={run.byDifficulty} />
          </div>
        </>
      )}
    </Answer>
  );
}

function Facts({ run }: { run: RunAnswer }) {
  return (
    <div className="facts">
      <StateMark state={run.state} />
      <span>
        <b>{run.durationSeconds === null ? '–' : formatDuration(run.durationSeconds * 1000)}</b>
      </span>
      <span>
        <b>{formatUsd(run.costUsd)}</b>
        {run.unpricedCalls ? ` and ${run.unpricedCalls} calls without a price` : ''}
      </span>
      <span>
        <Ago time={run.startedAt} />
      </span>
      {run.trigger !== null && <span>by {run.trigger}</span>}
      {run.seed !== null && <span>seed {run.seed}</span>}
      {run.retries !== null && (
        <span>
          {formatNumber(run.retries)} retries, {formatNumber(run.fallbacks)} fallbacks,{' '}
          {formatNumber(run.breakerTrips)} breaker trips
        </span>
      )}
      {run.traceId !== null && <Link href={`/logs?traceId=${run.traceId}`}>its logs</Link>}
    </div>
  );
}

function MissingRun() {
  return (
    <>
      <PageHeader title="Generation run" />
      <Empty title="Nothing of this run is stored">
        <Link href="/runs">Show the runs that are here</Link>
      </Empty>
    </>
  );
}
