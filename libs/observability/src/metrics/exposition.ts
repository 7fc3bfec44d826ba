import type { Resource } from '@opentelemetry/resources';
import type { Histogram, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { MetricsText } from '../observability.ts';
import type { Exemplar } from './exemplar.ts';
import { type Family, type FamilyPoint, toFamilies, toLabels } from './families.ts';

type Format = 'prometheus' | 'openmetrics';
type Label = readonly [name: string, value: string];

const exemplarCharactersMax = 128;

const contentTypes: Readonly<Record<Format, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** A collection as a scrape reads it: OpenMetrics 1.0 where the Accept header asks, else Prometheus 0.0.4. */
export function toMetricsText(collected: ResourceMetrics, accept: string | undefined): MetricsText {
  const format = chooseFormat(accept);
  const lines = toFamilies(collected).flatMap((family) => familyLines(family, format));
  lines.push(...targetLines(collected.resource, format));
  if (format === 'openmetrics') lines.push('# EOF');
  return { contentType: contentTypes[format], body: `${lines.join('\n')}\n` };
}

/**
 * Takes OpenMetrics where it is accepted at least as gladly as plain text, and only where it is named: whoever takes
 * anything gets what every Prometheus reads.
 */
export function chooseFormat(accept: string | undefined): Format {
  const ranges = (accept ?? '').toLowerCase().split(',').map(toRange);
  /** Of the first of these types that is named; of several versions the gladdest. */
  const weightOf = (...types: string[]): number => {
    const named = types.map((type) => ranges.filter((range) => range.type === type));
    return Math.max(0, ...(named.find((of) => of.length > 0) ?? []).map(({ weight }) => weight));
  };
  const openMetrics = weightOf('application/openmetrics-text');
  const text = weightOf('text/plain', 'text/*', '*/*');
  return openMetrics > 0 && openMetrics >= text ? 'openmetrics' : 'prometheus';
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1 */
function toRange(text: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const quality = parameters.find((each) => /^q\s*=/.test(each))?.split('=')[1];
  const weight = quality === undefined ? 1 : Number(quality);
  return { type, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

function familyLines(family: Family, format: Format): string[] {
  const { name, kind, description, points } = family;
  const header = format === 'openmetrics' ? name.family : name.sample;
  const type = kind === 'up_down_counter' ? 'gauge' : kind;
  const lines = [
    `# HELP ${header} ${escapeHelp(description || `${name.family}.`, format)}`,
    `# TYPE ${header} ${type}`,
  ];
  if (format === 'openmetrics' && name.unit !== '') lines.push(`# UNIT ${header} ${name.unit}`);
  for (const point of points) lines.push(...pointLines(family, point, format));
  return lines;
}

function pointLines({ name, kind }: Family, point: FamilyPoint, format: Format): string[] {
  const { labels, value, exemplars } = point;
  if (typeof value !== 'number') return histogramLines(name.sample, { ...point, value }, format);
  const line = sample(name.sample, labels, value);
  const hasPlace = kind === 'counter' && format === 'openmetrics';
  return [hasPlace ? line + toExemplarText(exemplars[0]) : line];
}

function histogramLines(
  name: string,
  { labels, value: histogram, exemplars }: FamilyPoint & { readonly value: Histogram },
  format: Format,
): string[] {
  const { boundaries, counts } = histogram.buckets;
  const bucket = (bound: number, below: number, count: number): string => {
    const line = sample(`${name}_bucket`, [...labels, ['le', toBound(bound, format)]], count);
    if (format !== 'openmetrics') return line;
    const inside = exemplars.find(({ value }) => value > below && value <= bound);
    return line + toExemplarText(inside);
  };
  let cumulative = 0;
  const buckets = boundaries.map((bound, index) => {
    cumulative += counts[index] ?? 0;
    return bucket(bound, boundaries[index - 1] ?? -Infinity, cumulative);
  });
  return [
    ...buckets,
    bucket(Infinity, boundaries.at(-1) ?? -Infinity, histogram.count),
    sample(`${name}_sum`, labels, histogram.sum ?? 0),
    sample(`${name}_count`, labels, histogram.count),
  ];
}

/** OpenMetrics refuses a text whose exemplar has more than 128 characters of labels. */
function toExemplarText(exemplar: Exemplar | undefined): string {
  if (exemplar === undefined) return '';
  const { traceId, spanId, value, timeMs } = exemplar;
  if (`trace_id${traceId}span_id${spanId}`.length > exemplarCharactersMax) return '';
  const labels = `trace_id="${escapeLabel(traceId)}",span_id="${escapeLabel(spanId)}"`;
  return ` # {${labels}} ${toNumber(value)} ${(timeMs / 1_000).toFixed(3)}`;
}

/** Who is scraped, to join onto other series. */
function targetLines(resource: Resource, format: Format): string[] {
  const labels = toLabels(resource.attributes);
  const [family, type] = format === 'openmetrics' ? ['target', 'info'] : ['target_info', 'gauge'];
  return [
    `# HELP ${family} Target metadata`,
    `# TYPE ${family} ${type}`,
    sample('target_info', labels, 1),
  ];
}

function sample(name: string, labels: readonly Label[], value: number): string {
  const text = labels.map(([label, of]) => `${label}="${escapeLabel(of)}"`).join(',');
  return `${name}${text === '' ? '' : `{${text}}`} ${toNumber(value)}`;
}

function toNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}

/** OpenMetrics wants bounds written as floats, so that one bound is one label value everywhere. */
function toBound(bound: number, format: Format): string {
  const text = toNumber(bound);
  return format === 'openmetrics' && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}

function escapeHelp(value: string, format: Format): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return format === 'openmetrics' ? escaped.replaceAll('"', '\\"') : escaped;
}
