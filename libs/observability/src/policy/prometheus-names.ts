/** The kinds of series that the names of the OTLP-to-Prometheus translation tell apart. */
export type SeriesKind = 'counter' | 'gauge' | 'histogram' | 'up_down_counter';

/** @see https://github.com/prometheus/otlptranslator, the translation that Prometheus and Grafana Cloud use. */
const units: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '1': '',
  '%': 'percent',
};

const perUnits: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

export interface PrometheusName {
  /** With `_total` for a counter. */
  readonly sample: string;
  /** What OpenMetrics calls the family: without `_total`. */
  readonly family: string;
  /** The unit where the family's name ends with it, else empty. */
  readonly unit: string;
}

/** The name that a metric gets in Prometheus, the same whether it is scraped or arrives by OTLP. */
export function toPrometheusName(name: string, unit: string, kind: SeriesKind): PrometheusName {
  const tokens = name.split(/[^A-Za-z0-9:]+/).filter((token) => token !== '');
  const { main, per } = unitSuffixes(unit);
  const mainAdded = main !== '' && !tokens.includes(main);
  if (mainAdded) tokens.push(main);
  if (per !== '' && !tokens.includes(per)) tokens.push('per', per);

  const withoutTotal = kind === 'counter' ? tokens.filter((token) => token !== 'total') : tokens;
  const isRatio = unit === '1' && kind === 'gauge';
  const withRatio = isRatio
    ? [...withoutTotal.filter((token) => token !== 'ratio'), 'ratio']
    : withoutTotal;
  const joined = withRatio.join('_');
  const family = /^[0-9]/.test(joined) ? `_${joined}` : joined;
  const unitName = [isRatio ? 'ratio' : main, ...(per === '' ? [] : ['per', per])]
    .filter((part) => part !== '')
    .join('_');
  return {
    family,
    sample: kind === 'counter' ? `${family}_total` : family,
    unit: unitName !== '' && family.endsWith(`_${unitName}`) ? unitName : '',
  };
}

/**
 * A label's name as Prometheus 0.0.4 allows it, with one `_` for each run of other characters. Names that begin
 * with `_` are Prometheus's own: those get `key` before them, as those that begin with a digit get `key_`.
 */
export function toLabelName(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_]+/g, '_').replace(/_{2,}/g, '_');
  if (/^[0-9]/.test(clean)) return `key_${clean}`;
  return clean === '' || clean.startsWith('_') ? `key${clean || '_'}` : clean;
}

function unitSuffixes(unit: string): { main: string; per: string } {
  const slash = unit.indexOf('/');
  const main = slash < 0 ? unit : unit.slice(0, slash);
  const per = slash < 0 ? '' : unit.slice(slash + 1);
  return { main: suffix(main.trim(), units), per: suffix(per.trim(), perUnits) };
}

function suffix(unit: string, known: Readonly<Record<string, string>>): string {
  if (unit === '' || /[{}]/.test(unit)) return '';
  return known[unit] ?? unit.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
}
