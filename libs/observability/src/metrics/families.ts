import type { Attributes } from '@opentelemetry/api';
import {
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import {
  type PrometheusName,
  type SeriesKind,
  toLabelName,
  toPrometheusName,
} from '../policy/prometheus-names.ts';
import { type Exemplar, exemplarsOf } from './exemplar.ts';

export interface Family {
  readonly name: PrometheusName;
  readonly kind: SeriesKind;
  readonly description: string;
  readonly points: readonly FamilyPoint[];
}
export interface FamilyPoint {
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly value: number | Histogram;
  readonly exemplars: readonly Exemplar[];
}

/**
 * A collection as families in the order of their names: one name one family, whatever scopes its series come
 * from. A series of another kind under a taken name, and a label set that is there already, are left out:
 * either would make the whole text unreadable.
 */
export function toFamilies(resourceMetrics: ResourceMetrics): Family[] {
  const families = new Map<string, { family: Family; points: FamilyPoint[]; seen: Set<string> }>();
  for (const metric of resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics)) {
    const kind = kindOf(metric);
    if (kind === undefined) continue;
    const name = toPrometheusName(metric.descriptor.name, metric.descriptor.unit, kind);
    const points: FamilyPoint[] = [];
    const known = families.get(name.family) ?? {
      family: { name, kind, description: metric.descriptor.description, points },
      points,
      seen: new Set<string>(),
    };
    if (known.family.kind !== kind) continue;
    families.set(name.family, known);
    for (const point of metric.dataPoints as DataPoint<number | Histogram>[]) {
      const labels = toLabels(point.attributes);
      const key = JSON.stringify(labels);
      if (known.seen.has(key)) continue;
      known.seen.add(key);
      known.points.push({ labels, value: point.value, exemplars: exemplarsOf(point) });
    }
  }
  return [...families.values()]
    .map(({ family }) => family)
    .sort((a, b) => (a.name.family < b.name.family ? -1 : 1));
}

/**
 * Sorted by name; the values of attributes whose names become one are joined by `;` in the order of the
 * attributes' own names, as the specification has it.
 */
export function toLabels(attributes: Attributes): [string, string][] {
  const labels = new Map<string, string>();
  for (const [key, value] of Object.entries(attributes).sort(byName)) {
    if (value === undefined || value === null) continue;
    const name = toLabelName(key);
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const existing = labels.get(name);
    labels.set(name, existing === undefined ? text : `${existing};${text}`);
  }
  return [...labels].sort(byName);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function kindOf(metric: MetricData): SeriesKind | undefined {
  if (metric.dataPointType === DataPointType.GAUGE) return 'gauge';
  if (metric.dataPointType === DataPointType.HISTOGRAM) return 'histogram';
  if (metric.dataPointType !== DataPointType.SUM) return undefined;
  return metric.isMonotonic ? 'counter' : 'up_down_counter';
}
