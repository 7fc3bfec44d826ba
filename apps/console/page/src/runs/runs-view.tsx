import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { RunSummary, RunsAnswer } from '../../../src/api/contract/runs.ts';
import { Ago } from '../shared/ago.tsx';
import { formatDuration, formatNumber, formatUsd, shortId } from '../shared/format.ts';
import { StateMark } from '../shared/marks.tsx';
import { NumberHeads } from '../shared/number-heads.tsx';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, Empty } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useListKeys } from '../shell/keyboard.ts';

/** Runs of the question pipeline. */
export function RunsView() {
  const query = useAnswer<RunsAnswer>(
    '/api/runs',
    { limit: '200' },
    { signals: ['traces', 'logs'] },
  );
  return (
    <>
      <PageHeader
        title="Generation runs"
        note={query.data && `${formatNumber(query.data.total)} runs`}
      />
      <Answer query={query} what="runs">
        {({ runs }) =>
          runs.length > 0 ? (
            <RunTable runs={runs} />
          ) : (
            <Empty title="No generation run yet">
              <p>With the platform running, start one in another terminal:</p>
              <pre className="command">npx pnpm@12 generate --count 48</pre>
            </Empty>
          )
        }
      </Answer>
    </>
  );
}

const pathOf = (run: RunSummary) => `/runs/${encodeURIComponent(run.runId ?? run.traceId ?? '')}`;
const heads = [
  'requested',
  'generated',
  'approved',
  'duplicates',
  'stored',
  'errors',
  'cost',
  'took',
  'started',
];

function RunTable({ runs }: { runs: readonly RunSummary[] }) {
  const [, navigate] = useLocation();
  const [selected, setSelected] = useState(-1);
  useListKeys({
    count: runs.length,
    index: selected,
    onMove: setSelected,
    onOpen: (index) => {
      const run = runs[index];
      if (run) navigate(pathOf(run));
    },
  });
  return (
    <div className="panel">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">state</th>
            <th scope="col">trigger</th>
            <NumberHeads names={heads} />
          </tr>
        </thead>
        <tbody>
          {runs.map((run, index) => (
            <tr key={run.runId ?? run.traceId} className={index === selected ? 'selected' : ''}>
              <th scope="row">
                <Link href={pathOf(run)} className="mono">
                  {shortId(run.runId ?? run.traceId ?? '–')}
                </Link>
              </th>
              <td>
                <StateMark state={run.state} />
              </td>
              <td>{run.trigger ?? '–'}</td>
              <td className="number">{formatNumber(run.requested)}</td>
              <td className="number">{formatNumber(run.generated)}</td>
              <td className="number">{formatNumber(run.approved)}</td>
              <td className="number">{formatNumber(run.duplicates)}</td>
              <td className="number">{formatNumber(run.inserted)}</td>
              <td className={run.errorCount > 0 ? 'number bad' : 'number'}>
                {formatNumber(run.errorCount)}
              </td>
              <td className="number">{formatUsd(run.costUsd)}</td>
              <td className="number">
                {run.durationSeconds === null ? '–' : formatDuration(run.durationSeconds * 1000)}
              </td>
              <td className="number">
                <Ago time={run.startedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
