import { useCallback } from 'react';
import { Link } from 'wouter';
import type { LogsAnswer, LogView } from '../../../src/api/contract/logs.ts';
import { formatNumber } from '../shared/format.ts';
import { useLive } from '../shared/live.ts';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, Empty, NothingReceived } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useSearchState } from '../shared/use-search.ts';
import { VirtualRows } from '../shared/virtual-rows.tsx';
import { useKey, useListKeys } from '../shell/keyboard.ts';
import { LogDrawer } from './log-drawer.tsx';
import { LogFilters } from './log-filters.tsx';
import { hasFilter, logQueryOf } from './log-query.ts';
import { LogRow } from './log-row.tsx';

const limit = '1000';

/** Log records, newest first; while the page is live they come by themselves. */
export function LogsView() {
  const [params, patch] = useSearchState();
  const { isPaused, setPaused } = useLive();
  const query = useAnswer<LogsAnswer>(
    '/api/logs',
    { ...logQueryOf(params), limit },
    { signals: ['logs'] },
  );
  return (
    <>
      <PageHeader
        title="Logs"
        note={
          query.data &&
          `${formatNumber(query.data.total)} ${hasFilter(params) ? 'found' : 'stored'}`
        }
      >
        <button
          type="button"
          className="button"
          aria-pressed={!isPaused}
          title="New lines appear on top (p)"
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? 'Live tail off' : 'Live tail on'}
        </button>
      </PageHeader>
      <LogFilters params={params} onChange={patch} />
      <Answer query={query} what="logs">
        {({ logs, total }) => {
          if (logs.length > 0) return <LogList logs={logs} total={total} />;
          if (!hasFilter(params)) return <NothingReceived what="logs" />;
          return (
            <Empty title="No line matches">
              <p>
                <Link href="/logs">Show all lines</Link>
              </p>
            </Empty>
          );
        }}
      </Answer>
    </>
  );
}

function LogList({ logs, total }: { logs: readonly LogView[]; total: number }) {
  const [params, patch] = useSearchState();
  const selectedId = params.get('log');
  const index = logs.findIndex(({ id }) => id === selectedId);
  const selected = logs[index];
  const select = useCallback((id: string | null) => patch({ log: id }), [patch]);
  useListKeys({
    count: logs.length,
    index,
    onMove: (next) => select(logs[next]?.id ?? null),
    onOpen: () => {},
  });
  useKey((event) => {
    if (event.key === 'Escape') select(null);
  });
  return (
    <div className={selected ? 'split with-drawer' : 'split'}>
      <div className="split-main">
        <VirtualRows
          count={logs.length}
          rowHeight={28}
          label="Log lines"
          className="log-list"
          selectedIndex={index}
          renderRow={(at) => {
            const log = logs[at];
            return log && <LogRow log={log} isSelected={at === index} onSelect={select} />;
          }}
        />
        {total > logs.length && (
          <p className="list-foot">
            The newest {logs.length} of {formatNumber(total)}. Narrow the filter to see others.
          </p>
        )}
      </div>
      {selected && <LogDrawer log={selected} onClose={() => select(null)} />}
    </div>
  );
}
