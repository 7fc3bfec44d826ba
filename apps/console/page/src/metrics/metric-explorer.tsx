import { useQuery } from '@tanstack/react-query';
import type { MetricQueryAnswer, MetricSummary } from '../../../src/api/contract/metrics.ts';
import { fetchAnswer } from '../shared/api-client.ts';
import { formatNumber, formatTime } from '../shared/format.ts';
import type { Signal } from '../shared/live.ts';
import type { Patch } from '../shared/search-params.ts';
import { Answer } from '../shared/states.tsx';
import { MetricChart } from './metric-chart.tsx';
import { MetricControls } from './metric-controls.tsx';
import { type MetricState, toMetricQuery } from './metric-state.ts';

const signals: readonly Signal[] = ['metrics'];

export function MetricExplorer(props: {
  readonly metric: MetricSummary;
  readonly state: MetricState;
  readonly onChange: (patch: Patch) => void;
}) {
  const { metric, state, onChange } = props;
  const path = `/api/metrics/${encodeURIComponent(metric.name)}/query`;
  const query = useQuery<MetricQueryAnswer, Error>({
    queryKey: [path, state],
    // The window moves: it is reckoned when it is asked for.
    queryFn: ({ signal }) => fetchAnswer(path, toMetricQuery(state, metric, Date.now()), signal),
    meta: { signals },
    placeholderData: (previous) => previous,
  });
  return (
    <>
      <header className="metric-header">
        <h2>{metric.name}</h2>
        <p>
          {metric.description || 'No description.'}{' '}
          <span className="muted">
            {metric.type.replaceAll('_', ' ')} · unit {metric.unit || '–'} ·{' '}
            {formatNumber(metric.seriesCount)} series
          </span>
        </p>
      </header>
      <MetricControls metric={metric} state={state} onChange={onChange} />
      {state.range !== null && (
        <p className="range-note">
          {formatTime(state.range.fromMs)} – {formatTime(state.range.toMs)}{' '}
          <button
            type="button"
            className="button"
            onClick={() => onChange({ from: null, to: null })}
          >
            Back to the last minutes
          </button>
        </p>
      )}
      <Answer query={query} what="chart">
        {(answer) => (
          <MetricChart
            answer={answer}
            onRange={(fromMs, toMs) => onChange({ from: String(fromMs), to: String(toMs) })}
          />
        )}
      </Answer>
    </>
  );
}
