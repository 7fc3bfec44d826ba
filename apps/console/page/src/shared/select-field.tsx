import { useId } from 'react';

/** A choice among few, with its label in sight. */
export function SelectField(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}) {
  const { label, value, options, onChange } = props;
  const id = useId();
  const isKnown = options.some((option) => option.value === value);
  return (
    <span className="select-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        {!isKnown && <option value={value}>{value}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The options of a list of words, after one that means all of them. */
export function optionsWithAll(values: readonly string[], all = 'all') {
  return [{ value: '', label: all }, ...values.map((value) => ({ value, label: value }))];
}
