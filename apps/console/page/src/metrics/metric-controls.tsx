import type { MetricSummary } from '../../../src/api/contract/metrics.ts';
import type { Patch } from '../shared/search-params.ts';
import { optionsWithAll, SelectField } from '../shared/select-field.tsx';
import type { MetricState } from './metric-state.ts';

/** What is drawn of the metric: which function, which series, by which labels. */
export function MetricControls(props: {
  readonly metric: MetricSummary;
  readonly state: MetricState;
  readonly onChange: (patch: Patch) => void;
}) {
  const { metric, state, onChange } = props;
  const chosen = state.function ?? metric.functions[0];
  const groupable = [
    ...Object.keys(metric.labels),
    ...(metric.services.length > 1 ? ['service'] : []),
  ];
  const toggleGroup = (label: string) => {
    const by = state.by.includes(label)
      ? state.by.filter((each) => each !== label)
      : [...state.by, label];
    onChange({ by: by.join(',') });
  };
  const filter = (label: string, value: string) => {
    const others = state.labels.filter((pair) => !pair.startsWith(`${label}=`));
    onChange({ label: value === '' ? others : [...others, `${label}=${value}`] });
  };
  return (
    <div className="metric-controls">
      <fieldset className="segments">
        <legend>draw</legend>
        {metric.functions.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={name === chosen}
            onClick={() => onChange({ fn: name })}
          >
            {name === 'quantile' ? 'quantiles' : name}
          </button>
        ))}
      </fieldset>
      {groupable.length > 0 && (
        <fieldset className="segments">
          <legend>by</legend>
          {groupable.map((label) => (
            <button
              key={label}
              type="button"
              aria-pressed={state.by.includes(label)}
              onClick={() => toggleGroup(label)}
            >
              {label}
            </button>
          ))}
        </fieldset>
      )}
      {metric.services.length > 1 && (
        <SelectField
          label="service"
          value={state.service}
          options={optionsWithAll(metric.services)}
          onChange={(service) => onChange({ service })}
        />
      )}
      {Object.entries(metric.labels).map(([label, values]) => (
        <SelectField
          key={label}
          label={label}
          value={
            state.labels.find((pair) => pair.startsWith(`${label}=`))?.slice(label.length + 1) ?? ''
          }
          options={optionsWithAll(values)}
          onChange={(value) => filter(label, value)}
        />
      ))}
    </div>
  );
}
