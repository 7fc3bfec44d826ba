import { useState } from 'react';
import type { MetricSummary } from '../../../src/api/contract/metrics.ts';
import { SearchField } from '../shared/search-field.tsx';
import { useListKeys } from '../shell/keyboard.ts';

const typeWords: Record<MetricSummary['type'], string> = {
  counter: 'counter',
  up_down_counter: 'up-down',
  gauge: 'gauge',
  histogram: 'histogram',
  exponential_histogram: 'exp. histogram',
  summary: 'summary',
};

export function MetricList(props: {
  readonly metrics: readonly MetricSummary[];
  readonly picked: string | null;
  readonly onPick: (name: string) => void;
}) {
  const { metrics, picked, onPick } = props;
  const [text, setText] = useState('');
  const wanted = text.toLowerCase();
  const shown = metrics.filter((metric) =>
    `${metric.name} ${metric.description}`.toLowerCase().includes(wanted),
  );
  useListKeys({
    count: shown.length,
    index: shown.findIndex(({ name }) => name === picked),
    onMove: (index) => onPick(shown[index]?.name ?? ''),
    onOpen: () => {},
  });
  return (
    <section className="metric-list" aria-label="Metrics">
      <SearchField
        label="Search metrics"
        placeholder="name or description"
        value={text}
        onChange={setText}
      />
      <ul>
        {shown.map((metric) => (
          <li key={metric.name}>
            <button
              type="button"
              aria-pressed={metric.name === picked}
              title={metric.description}
              onClick={() => onPick(metric.name)}
            >
              <span className="metric-name">{metric.name}</span>
              <span className="metric-kind">
                {typeWords[metric.type]}
                {metric.hasExemplars && <span title="has exemplars"> ◉</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="muted">No name or description has “{text}”.</p>}
    </section>
  );
}
