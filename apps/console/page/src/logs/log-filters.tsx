import { shortId } from '../shared/format.ts';
import { SearchField } from '../shared/search-field.tsx';
import type { Patch } from '../shared/search-params.ts';
import { optionsWithAll, SelectField } from '../shared/select-field.tsx';
import { useServiceNames } from '../shared/use-services.ts';
import { severities } from '../shared/words.ts';

const severityOptions = [
  { value: '', label: 'any' },
  ...severities.map((value) => ({
    value,
    label: value === 'fatal' ? value : `${value} and worse`,
  })),
];

export function LogFilters(props: {
  readonly params: URLSearchParams;
  readonly onChange: (patch: Patch) => void;
}) {
  const { params, onChange } = props;
  const services = useServiceNames();
  const chips = (['traceId', 'spanId', 'eventName'] as const).flatMap((key) => {
    const value = params.get(key);
    return value === null ? [] : [{ key, value }];
  });
  return (
    <search className="filters">
      <SearchField
        label="Search logs"
        placeholder="part of a line, an event or an attribute"
        value={params.get('text') ?? ''}
        onChange={(text) => onChange({ text })}
      />
      <SelectField
        label="severity"
        value={params.get('severity') ?? ''}
        options={severityOptions}
        onChange={(severity) => onChange({ severity })}
      />
      <SelectField
        label="service"
        value={params.get('service') ?? ''}
        options={optionsWithAll(services)}
        onChange={(service) => onChange({ service })}
      />
      {chips.map(({ key, value }) => (
        <button
          key={key}
          type="button"
          className="chip chip-remove"
          aria-label={`Take away the filter ${key}`}
          onClick={() => onChange({ [key]: null })}
        >
          {key} <span className="mono">{key === 'eventName' ? value : shortId(value)}</span> ✕
        </button>
      ))}
    </search>
  );
}
