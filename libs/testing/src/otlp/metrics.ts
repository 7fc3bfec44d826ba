import {
  type Attributes,
  toAttributes,
  toEnumName,
  toHexId,
  type WireKeyValue,
} from './attributes.ts';

const temporalities = ['unspecified', 'delta', 'cumulative'] as const;

export type MetricType = 'sum' | 'gauge' | 'histogram' | 'exponentialHistogram' | 'summary';

export interface Exemplar {
  readonly value: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes: Attributes;
}

/** One series of a metric: `value` for sums and gauges, the rest for histograms. */
export interface MetricPoint {
  readonly attributes: Attributes;
  readonly value?: number;
  readonly count?: number;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly bounds?: readonly number[];
  readonly bucketCounts?: readonly number[];
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly exemplars: readonly Exemplar[];
}

/** A metric as it was received, the same for every encoding. */
export interface ReceivedMetric {
  /** `service.name` of the resource. */
  readonly service: string;
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly type: MetricType;
  /** Absent for gauges and summaries. */
  readonly temporality?: (typeof temporalities)[number];
  /** Absent for everything but sums. */
  readonly isMonotonic?: boolean;
  readonly points: readonly MetricPoint[];
  readonly scope: string;
  readonly resource: Attributes;
}

type Numeric = string | number;

interface WirePoint {
  readonly attributes?: readonly WireKeyValue[];
  readonly asInt?: Numeric;
  readonly asDouble?: Numeric;
  readonly count?: Numeric;
  readonly sum?: Numeric;
  readonly min?: Numeric;
  readonly max?: Numeric;
  readonly explicitBounds?: readonly Numeric[];
  readonly bucketCounts?: readonly Numeric[];
  readonly startTimeUnixNano?: Numeric;
  readonly timeUnixNano?: Numeric;
  readonly exemplars?: readonly {
    readonly asInt?: Numeric;
    readonly asDouble?: Numeric;
    readonly traceId?: string | Uint8Array;
    readonly spanId?: string | Uint8Array;
    readonly filteredAttributes?: readonly WireKeyValue[];
  }[];
}

interface WireData {
  readonly dataPoints?: readonly WirePoint[];
  readonly aggregationTemporality?: number | string;
  readonly isMonotonic?: boolean;
}

type WireMetric = {
  readonly name?: string;
  readonly unit?: string;
  readonly description?: string;
} & {
  readonly [Type in MetricType]?: WireData;
};

interface WireMetrics {
  readonly resourceMetrics?: readonly {
    readonly resource?: { readonly attributes?: readonly WireKeyValue[] };
    readonly scopeMetrics?: readonly {
      readonly scope?: { readonly name?: string };
      readonly metrics?: readonly WireMetric[];
    }[];
  }[];
}

const types: readonly MetricType[] = [
  'sum',
  'gauge',
  'histogram',
  'exponentialHistogram',
  'summary',
];

/** Lists the metrics of a decoded export request. */
export function toMetrics(request: WireMetrics): ReceivedMetric[] {
  return (request.resourceMetrics ?? []).flatMap((resourceMetrics) => {
    const resource = toAttributes(resourceMetrics.resource?.attributes);
    return (resourceMetrics.scopeMetrics ?? []).flatMap((scopeMetrics) =>
      (scopeMetrics.metrics ?? []).flatMap((metric) =>
        toMetric(metric, resource, scopeMetrics.scope?.name ?? ''),
      ),
    );
  });
}

function toMetric(metric: WireMetric, resource: Attributes, scope: string): ReceivedMetric[] {
  const type = types.find((candidate) => metric[candidate]);
  const data = type && metric[type];
  if (!data) return [];
  const hasTemporality = type !== 'gauge' && type !== 'summary';
  const temporality = toEnumName(temporalities, data.aggregationTemporality);
  return [
    {
      service: String(resource['service.name'] ?? ''),
      name: metric.name ?? '',
      unit: metric.unit ?? '',
      description: metric.description ?? '',
      type,
      ...(hasTemporality ? { temporality: temporality as (typeof temporalities)[number] } : {}),
      ...(type === 'sum' ? { isMonotonic: data.isMonotonic ?? false } : {}),
      points: (data.dataPoints ?? []).map((point) => toPoint(point, type)),
      scope,
      resource,
    },
  ];
}

function toPoint(point: WirePoint, type: MetricType): MetricPoint {
  const isNumber = type === 'sum' || type === 'gauge';
  return {
    attributes: toAttributes(point.attributes),
    ...(isNumber ? { value: toNumber(point) } : { count: Number(point.count ?? 0) }),
    ...optional('sum', point.sum),
    ...optional('min', point.min),
    ...optional('max', point.max),
    ...(type === 'histogram'
      ? {
          bounds: (point.explicitBounds ?? []).map(Number),
          bucketCounts: (point.bucketCounts ?? []).map(Number),
        }
      : {}),
    startTimeUnixNano: String(point.startTimeUnixNano ?? 0),
    timeUnixNano: String(point.timeUnixNano ?? 0),
    exemplars: (point.exemplars ?? []).map((exemplar) => ({
      value: toNumber(exemplar),
      traceId: toHexId(exemplar.traceId),
      spanId: toHexId(exemplar.spanId),
      attributes: toAttributes(exemplar.filteredAttributes),
    })),
  };
}

function toNumber(from: { readonly asInt?: Numeric; readonly asDouble?: Numeric }): number {
  return Number(from.asInt ?? from.asDouble ?? 0);
}

function optional<Key extends string>(key: Key, value: Numeric | undefined) {
  return (value === undefined ? {} : { [key]: Number(value) }) as { readonly [K in Key]?: number };
}
