import type { KnownSeries } from '../series/known-series.ts';
import { type ParsedExpression, parsePromql, type Selector } from './parse-promql.ts';

/** What an expression may do that others may not. */
export interface Allowances {
  /** Compares several windows of one objective. */
  readonly and?: boolean;
  /** Tells an absence. */
  readonly absent?: boolean;
}

/** The scrape interval of ops/prometheus/prometheus.yml; four of them make a rate that one lost scrape does not end. */
const rangeSecondsMin = 60;

const overCounters = ['rate', 'increase', 'irate', 'resets'];
/** Rates of these windows of their own: gauges have no resets. */
const overGauges = [
  'avg_over_time',
  'max_over_time',
  'min_over_time',
  'sum_over_time',
  'last_over_time',
  'delta',
  'deriv',
];

/** What is wrong with an expression, a sentence each; nothing where it is right. */
export function lintPromql(
  expression: string,
  known: ReadonlyMap<string, KnownSeries>,
  allowances: Allowances = {},
): string[] {
  const parsed = parsePromql(expression);
  return [
    ...lintWhole(parsed, allowances),
    ...parsed.selectors.flatMap((selector) => lintSelector(selector, known)),
    ...lintGroupings(parsed, known),
  ];
}

function lintWhole(
  { selectors, functions, setOperators }: ParsedExpression,
  allowances: Allowances,
) {
  const found: string[] = [];
  if (selectors.length === 0) found.push('asks for no series: a constant says nothing');
  for (const name of ['vector', 'scalar', 'absent_over_time']) {
    if (functions.includes(name)) found.push(`uses ${name}(), which hides that there is no data`);
  }
  if (functions.includes('absent') && !allowances.absent)
    found.push('uses absent() without being told an absence alert');
  if (setOperators.includes('unless')) found.push('uses unless, which is true of nothing');
  if (setOperators.includes('and') && !allowances.and)
    found.push('uses and without being told to compare windows');
  return found;
}

function lintSelector(selector: Selector, known: ReadonlyMap<string, KnownSeries>): string[] {
  const { metric, matchers, around, range } = selector;
  const series = known.get(metric);
  if (!series) return [`asks for ${metric || 'series without a name'}, which nothing makes`];
  const found = matchers.flatMap((matcher) => lintMatcher(matcher, series));
  const inner = around[0] ?? '';
  if (series.kind === 'gauge' && overCounters.includes(inner))
    found.push(`takes the ${inner} of ${metric}, a gauge`);
  if (series.kind !== 'gauge' && !overCounters.includes(inner)) {
    found.push(`takes ${metric} as it stands: a counter starts again with its process`);
  }
  if (range !== undefined && ![...overCounters, ...overGauges].includes(inner)) {
    found.push(`takes the ${inner} of a range of ${metric}`);
  }
  if (range !== undefined && overCounters.includes(inner) && secondsOf(range) < rangeSecondsMin) {
    found.push(`reads ${metric} over ${range}: less than four scrapes`);
  }
  if (series.isShared && around.find((each) => aggregations.has(each)) !== 'max') {
    found.push(`takes ${metric} without max first: every replica reports the same value`);
  }
  if (
    series.kind === 'bucket' &&
    around.includes('histogram_quantile') &&
    !selector.groupedBy?.includes('le')
  ) {
    found.push(`takes a quantile of ${metric} that is not grouped by le`);
  }
  return found;
}

const aggregations = new Set([
  'sum',
  'avg',
  'count',
  'min',
  'max',
  'group',
  'stddev',
  'stdvar',
  'quantile',
  'topk',
  'bottomk',
  'count_values',
]);

function lintMatcher(
  { label, operator, value }: Selector['matchers'][number],
  { name, labels }: KnownSeries,
): string[] {
  if (!labels.has(label)) return [`chooses ${name} by ${label}, a label it does not have`];
  const values = labels.get(label);
  if (values === undefined || value === '') return [];
  const isMatch = operator.includes('~')
    ? (each: string) => new RegExp(`^(?:${value})$`).test(each)
    : (each: string) => each === value;
  return values.some(isMatch)
    ? []
    : [`chooses ${name} by ${label} ${operator} "${value}", which is none of its values`];
}

function lintGroupings(
  { selectors, groupings, madeLabels }: ParsedExpression,
  known: ReadonlyMap<string, KnownSeries>,
) {
  const labels = new Set(madeLabels);
  for (const { metric } of selectors)
    for (const label of known.get(metric)?.labels.keys() ?? []) labels.add(label);
  return groupings
    .filter((label) => !labels.has(label))
    .map((label) => `groups by ${label}, which none of its series has`);
}

function secondsOf(range: string): number {
  const units = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
  return [...range.matchAll(/(\d+)(ms|[smhdw])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  );
}
