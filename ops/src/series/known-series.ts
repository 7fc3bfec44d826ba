import { openLabel, toPrometheusName } from '@aiq/observability/reference';
import {
  type DocumentedMetric,
  readCatalogues,
} from '../../../scripts/telemetry-docs/metric-catalogues.ts';
import { budgetRemaining } from '../rules/burn-rates.ts';
import { isAlert } from '../rules/rule.ts';
import { ruleFiles } from '../rules/write-rules.ts';
import { foreignMetrics } from './instrumentation-series.ts';
import { environment } from './selectors.ts';

/** What an expression may ask for. */
export interface KnownSeries {
  /** As it is stored: a histogram's bucket, count and sum are three. */
  readonly name: string;
  readonly kind: 'counter' | 'gauge' | 'bucket';
  /** The same in every replica. */
  readonly isShared: boolean;
  /** Label → its values, or undefined where they come as they may. */
  readonly labels: ReadonlyMap<string, readonly string[] | undefined>;
}

/** What every series of a scrape or push has. */
const targetLabels = ['job', 'instance', environment];

/** Every series of this repository, of the instrumentations, of Prometheus, and of the recording rules, by name. */
export function readKnownSeries(): ReadonlyMap<string, KnownSeries> {
  const own = readCatalogues().flatMap(({ metrics }) => metrics.flatMap(seriesOf));
  const foreign = foreignMetrics.flatMap(({ name, kind, labels }) =>
    expand(
      name,
      kind,
      false,
      labels.map((label) => [label, undefined]),
    ),
  );
  return new Map([...own, ...foreign, ...recorded()].map((series) => [series.name, series]));
}

function seriesOf({
  name,
  unit,
  kind,
  isShared,
  labels,
  buckets,
}: DocumentedMetric): KnownSeries[] {
  const { sample } = toPrometheusName(name, unit, kind);
  const entries = Object.entries(labels).map(
    ([label, values]): LabelEntry => [
      label.replaceAll('.', '_'),
      values === openLabel ? undefined : [...values, 'other'],
    ],
  );
  return expand(
    sample,
    kind === 'up_down_counter' ? 'gauge' : kind,
    isShared ?? false,
    entries,
    buckets,
  );
}

type LabelEntry = readonly [string, readonly string[] | undefined];

function expand(
  name: string,
  kind: 'counter' | 'gauge' | 'histogram',
  isShared: boolean,
  labels: readonly LabelEntry[],
  buckets?: readonly number[],
): KnownSeries[] {
  const all = [...targetLabels.map((label): LabelEntry => [label, undefined]), ...labels];
  if (kind !== 'histogram') return [{ name, kind, isShared, labels: new Map(all) }];
  const bounds = buckets && [...buckets.map(String), '+Inf'];
  return [
    { name: `${name}_bucket`, kind: 'bucket', isShared, labels: new Map([...all, ['le', bounds]]) },
    ...['count', 'sum'].map((part) => ({
      name: `${name}_${part}`,
      kind: 'counter' as const,
      isShared,
      labels: new Map(all),
    })),
  ];
}

/** Recorded series are those of objectives: by environment and objective, one for all replicas. */
function recorded(): KnownSeries[] {
  const slos = new Map<string, string[]>();
  for (const { groups } of ruleFiles()) {
    for (const rule of groups.flatMap(({ rules }) => rules)) {
      if (isAlert(rule)) continue;
      const { slo = '' } = rule.labels ?? {};
      slos.set(rule.record, [...(slos.get(rule.record) ?? []), slo]);
    }
  }
  if (!slos.has(budgetRemaining)) throw new Error('expected the recording rules of objectives');
  return [...slos].map(([name, values]) => ({
    name,
    kind: 'gauge',
    isShared: false,
    labels: new Map<string, readonly string[] | undefined>([
      [environment, undefined],
      ['slo', values],
    ]),
  }));
}
