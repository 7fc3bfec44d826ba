import { useCallback, useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { TraceSummary, TracesAnswer } from '../../../src/api/contract/traces.ts';
import { formatNumber } from '../shared/format.ts';
import { PageHeader } from '../shared/page-header.tsx';
import { oneOf } from '../shared/search-params.ts';
import { parseTraceSearch, type TraceSearch, toSearchText } from '../shared/search-text.ts';
import { Answer, Empty, NothingReceived } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useSearchState } from '../shared/use-search.ts';
import { VirtualRows } from '../shared/virtual-rows.tsx';
import { useListKeys } from '../shell/keyboard.ts';
import { TraceFilters } from './trace-filters.tsx';
import { searchOf, sorts, toQuery } from './trace-query.ts';
import { TraceListHeader, TraceRow } from './trace-row.tsx';

const limit = '500';

/** Traces by search; the address holds the query. */
export function TracesView() {
  const [params, patch] = useSearchState();
  const search = useMemo(() => searchOf(params), [params]);
  const sort = oneOf(params.get('sort'), sorts);
  const query = useAnswer<TracesAnswer>(
    '/api/traces',
    {
      ...toQuery(search),
      sort,
      limit,
      run: params.get('run'),
      testSession: params.get('testSession'),
    },
    { signals: ['traces'] },
  );
  const change = useCallback((next: TraceSearch) => patch(toQuery(next)), [patch]);
  const changeText = useCallback((text: string) => change(parseTraceSearch(text)), [change]);
  const isFiltered = toSearchText(search) !== '';
  return (
    <>
      <PageHeader
        title="Traces"
        note={query.data && `${formatNumber(query.data.total)} ${isFiltered ? 'found' : 'stored'}`}
      />
      <TraceFilters
        search={search}
        sort={sort}
        onText={changeText}
        onChange={change}
        onSort={(next) => patch({ sort: next === 'newest' ? null : next })}
      />
      <Answer query={query} what="traces">
        {({ traces, total }) => {
          if (traces.length > 0) return <TraceList traces={traces} total={total} />;
          if (!isFiltered) return <NothingReceived what="traces" />;
          return (
            <Empty title="No trace matches">
              <p>
                Words are looked for in span names, <code>key=value</code> in attributes,{' '}
                <code>&gt;250ms</code> in durations. <Link href="/traces">Show all traces</Link>
              </p>
            </Empty>
          );
        }}
      </Answer>
    </>
  );
}

function TraceList({ traces, total }: { traces: readonly TraceSummary[]; total: number }) {
  const [, navigate] = useLocation();
  // By id, not by place: new traces push the list down while it is read.
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const selectedIndex = traces.findIndex(({ traceId }) => traceId === selectedId);
  const longestMs = traces.reduce((most, { durationMs }) => Math.max(most, durationMs), 0);
  useListKeys({
    count: traces.length,
    index: selectedIndex,
    onMove: (index) => setSelectedId(traces[index]?.traceId ?? null),
    onOpen: (index) => navigate(`/traces/${traces[index]?.traceId}`),
  });
  return (
    <>
      <VirtualRows
        count={traces.length}
        rowHeight={34}
        label="Traces"
        className="trace-list"
        selectedIndex={selectedIndex}
        header={<TraceListHeader />}
        renderRow={(index) => {
          const trace = traces[index];
          return (
            trace && (
              <TraceRow trace={trace} longestMs={longestMs} isSelected={index === selectedIndex} />
            )
          );
        }}
      />
      {total > traces.length && (
        <p className="list-foot">
          The first {traces.length} of {formatNumber(total)}. Narrow the search to see others.
        </p>
      )}
    </>
  );
}
