import { SearchField } from '../shared/search-field.tsx';
import { type TraceSearch, toSearchText } from '../shared/search-text.ts';
import { optionsWithAll, SelectField } from '../shared/select-field.tsx';
import { useServiceNames } from '../shared/use-services.ts';

const durations = ['', '10', '50', '100', '250', '500', '1000', '5000'].map((value) => ({
  value,
  label:
    value === ''
      ? 'any'
      : `over ${Number(value) < 1000 ? `${value} ms` : `${Number(value) / 1000} s`}`,
}));

export function TraceFilters(props: {
  readonly search: TraceSearch;
  readonly sort: string;
  readonly onText: (text: string) => void;
  readonly onChange: (search: TraceSearch) => void;
  readonly onSort: (sort: string) => void;
}) {
  const { search, sort, onText, onChange, onSort } = props;
  const services = useServiceNames();
  return (
    <search className="filters">
      <SearchField
        label="Search traces"
        placeholder="span name  service:aiq-backend  status:error  >250ms  http.route=/v1/users/me"
        value={toSearchText(search)}
        onChange={onText}
      />
      <SelectField
        label="service"
        value={search.service}
        options={optionsWithAll(services)}
        onChange={(service) => onChange({ ...search, service })}
      />
      <SelectField
        label="status"
        value={search.status}
        options={optionsWithAll(['ok', 'error'])}
        onChange={(status) => onChange({ ...search, status })}
      />
      <SelectField
        label="duration"
        value={search.minDurationMs}
        options={durations}
        onChange={(minDurationMs) => onChange({ ...search, minDurationMs })}
      />
      <SelectField
        label="order"
        value={sort}
        options={[
          { value: 'newest', label: 'newest' },
          { value: 'slowest', label: 'slowest' },
        ]}
        onChange={onSort}
      />
    </search>
  );
}
