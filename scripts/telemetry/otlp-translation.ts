import type { MetricPoint, ReceivedMetric } from '@aiq/testing';

/**
 * What a metric that arrived by OTLP is in Prometheus: its TYPE line, and each of its series as
 * `name{labels}`, sorted. Written from the specification, and from nothing of ours that it is to check.
 *
 * @throws {RangeError} For a unit that nobody has looked up yet.
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#otlp-metric-points-to-prometheus
 */
export function toPrometheusSeries(metric: ReceivedMetric): string[] {
  const name = toName(metric);
  const isCounter = metric.type === 'sum' && metric.isMonotonic === true;
  const type = metric.type === 'histogram' ? 'histogram' : isCounter ? 'counter' : 'gauge';
  const series = metric.points.flatMap((point) =>
    metric.type === 'histogram' ? histogramSeries(name, point) : [withLabels(name, point)],
  );
  return [`# TYPE ${name} ${type}`, ...series].sort();
}

/** The TYPE lines and the series of a text of Prometheus 0.0.4, without values, by TYPE line's name. */
export function readPrometheusText(text: string): Map<string, string[]> {
  const families = new Map<string, string[]>();
  let family: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# HELP')) continue;
    if (line.startsWith('# TYPE')) {
      family = [line];
      families.set(line.split(' ')[2] ?? '', family);
    } else {
      family.push(line.slice(0, line.lastIndexOf(' ')));
    }
  }
  return new Map([...families].map(([name, lines]) => [name, lines.sort()]));
}

const unitNames: Readonly<Record<string, string>> = {
  '': '',
  '1': '',
  s: 'seconds',
  By: 'bytes',
};

export function toName({
  name,
  unit,
  type,
  isMonotonic,
}: Pick<ReceivedMetric, 'name' | 'unit' | 'type' | 'isMonotonic'>): string {
  const clean = name.replaceAll(/[^a-zA-Z0-9:]+/g, '_').replace(/^_|_$/g, '');
  const unitName = unitNames[unit.replaceAll(/\{[^}]*\}/g, '')];
  if (unitName === undefined) throw new RangeError(`${name} has the unit ${unit}: look it up`);
  const has = (word: string): boolean => `_${clean}_`.includes(`_${word}_`);
  const suffixes = [
    ...(unitName === '' || has(unitName) ? [] : [unitName]),
    ...(type === 'gauge' && unit === '1' ? ['ratio'] : []),
    ...(type === 'sum' && isMonotonic === true ? ['total'] : []),
  ];
  const full = [clean, ...suffixes.filter((suffix) => !clean.endsWith(`_${suffix}`))].join('_');
  return /^\d/.test(full) ? `_${full}` : full;
}

function histogramSeries(name: string, point: MetricPoint): string[] {
  const bounds = [...(point.bounds ?? []).map(String), '+Inf'];
  return [
    ...bounds.map((le) => withLabels(`${name}_bucket`, point, { le })),
    withLabels(`${name}_sum`, point),
    withLabels(`${name}_count`, point),
  ];
}

/** Labels in the order of their names, with `le` at the end as it is printed. */
function withLabels(
  name: string,
  { attributes }: MetricPoint,
  more: Readonly<Record<string, string>> = {},
): string {
  const own = Object.entries(attributes).map(
    ([key, value]) => [key.replaceAll(/[^a-zA-Z0-9]+/g, '_'), String(value)] as const,
  );
  const labels = [...own.sort(([a], [b]) => (a < b ? -1 : 1)), ...Object.entries(more)];
  const text = labels.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',');
  return text === '' ? name : `${name}{${text}}`;
}
