import { windows } from './window.ts';

export function WindowPicker(props: {
  readonly seconds: number;
  readonly onChange: (seconds: number) => void;
}) {
  const { seconds, onChange } = props;
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">How far back</legend>
      {windows.map((each) => (
        <button
          key={each.seconds}
          type="button"
          aria-pressed={each.seconds === seconds}
          onClick={() => onChange(each.seconds)}
        >
          {each.label}
        </button>
      ))}
    </fieldset>
  );
}
