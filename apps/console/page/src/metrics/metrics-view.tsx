import type { MetricsAnswer } from '../../../src/api/contract/metrics.ts';
import { formatNumber } from '../shared/format.ts';
import { PageHeader } from '../shared/page-header.tsx';
import { Answer, Empty, NothingReceived } from '../shared/states.tsx';
import { useAnswer } from '../shared/use-answer.ts';
import { useSearchState } from '../shared/use-search.ts';
import { WindowPicker } from '../shared/window-picker.tsx';
import { MetricExplorer } from './metric-explorer.tsx';
import { MetricList } from './metric-list.tsx';
import { metricStateOf } from './metric-state.ts';

/** Metrics by name, and a chart of the one that is picked. */
export function MetricsView() {
  const [params, patch] = useSearchState();
  const state = metricStateOf(params);
  const query = useAnswer<MetricsAnswer>('/api/metrics', {}, { signals: ['metrics'] });
  const pick = (name: string) =>
    patch({ name, fn: null, by: null, label: null, service: null }, { push: true });
  return (
    <>
      <PageHeader title="Metrics" note={query.data && `${formatNumber(query.data.total)} names`}>
        <WindowPicker
          seconds={state.range === null ? state.windowSeconds : 0}
          onChange={(seconds) => patch({ window: String(seconds), from: null, to: null })}
        />
      </PageHeader>
      <Answer query={query} what="metrics">
        {({ metrics }) => {
          if (metrics.length === 0) return <NothingReceived what="metrics" />;
          const picked = metrics.find(({ name }) => name === state.name);
          return (
            <div className="metrics">
              <MetricList metrics={metrics} picked={state.name} onPick={pick} />
              <div className="metric-main">
                {picked ? (
                  <MetricExplorer
                    key={picked.name}
                    metric={picked}
                    state={state}
                    onChange={patch}
                  />
                ) : (
                  <Empty title={state.name ? `No metric is named ${state.name}` : 'Pick a metric'}>
                    <p>
                      Counters are drawn as rates, histograms as quantiles. Dots are exemplars: each
                      opens the trace of one record.
                    </p>
                  </Empty>
                )}
              </div>
            </div>
          );
        }}
      </Answer>
    </>
  );
}
