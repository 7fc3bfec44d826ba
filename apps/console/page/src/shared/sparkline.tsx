import { sparklinePaths } from './sparkline-paths.ts';

const width = 120;
const height = 28;

/** A line without axes; steps of which nothing is known are gaps. */
export function Sparkline(props: {
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly tone?: 'accent' | 'error' | 'muted';
}) {
  const { values, label, tone = 'accent' } = props;
  const { line, area } = sparklinePaths(values, { width, height });
  return (
    <svg
      className={`sparkline tone-${tone}`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <path className="sparkline-area" d={area} />
      <path className="sparkline-line" d={line} />
    </svg>
  );
}
