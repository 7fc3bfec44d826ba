import type { Exemplar, MetricData, MetricPoint, Temporality } from '../../store/metric-model.ts';
import { attributesOf, resourceOf, scopeOf } from './attributes.ts';
import {
  type PointReader,
  readExponentialHistogram,
  readHistogram,
  readSummary,
} from './decode-distribution.ts';
import type { Decoded } from './decoded.ts';
import {
  booleanOf,
  enumOf,
  type Fields,
  idOf,
  nanosOf,
  numberOf,
  objectOf,
  objectsOf,
  optionalNumberOf,
  textOf,
} from './fields.ts';

type Identity = Pick<MetricPoint, 'name' | 'description' | 'unit' | 'resource' | 'scope'>;

/** Data points of an ExportMetricsServiceRequest; those that contradict themselves are rejected. */
export function decodeMetrics(request: Fields): Decoded<MetricPoint> {
  const items: MetricPoint[] = [];
  let rejected = 0;
  for (const { metric, identity } of metricsOf(request)) {
    const points = pointsOf(metric, identity);
    items.push(...points.items);
    rejected += points.rejected;
  }
  return {
    items,
    rejected,
    reason: 'data points need a value, a temporality, and buckets that fit their bounds',
  };
}

function* metricsOf(request: Fields): Generator<{ metric: Fields; identity: Identity }> {
  for (const resourceMetrics of objectsOf(request, 'resourceMetrics')) {
    const resource = resourceOf(resourceMetrics);
    for (const scopeMetrics of objectsOf(resourceMetrics, 'scopeMetrics')) {
      const scope = scopeOf(scopeMetrics);
      for (const metric of objectsOf(scopeMetrics, 'metrics')) {
        const identity = {
          name: textOf(metric, 'name'),
          description: textOf(metric, 'description'),
          unit: textOf(metric, 'unit'),
          resource,
          scope,
        };
        yield { metric, identity };
      }
    }
  }
}

const temporalities = {
  prefix: 'AGGREGATION_TEMPORALITY_',
  names: ['unspecified', 'delta', 'cumulative'],
} as const;

function pointsOf(metric: Fields, identity: Identity): { items: MetricPoint[]; rejected: number } {
  const items: MetricPoint[] = [];
  let rejected = 0;
  for (const [kind, { read, temporal }] of Object.entries(kinds)) {
    const container = objectOf(metric, kind);
    if (container === undefined) continue;
    const declared = enumOf(container, 'aggregationTemporality', temporalities);
    for (const fields of objectsOf(container, 'dataPoints')) {
      // "No recorded value": the series ended; there is nothing to keep.
      if ((numberOf(fields, 'flags') & 1) === 1) continue;
      const data = read(fields, container);
      if (data === undefined || (temporal && declared === 'unspecified')) {
        rejected += 1;
        continue;
      }
      const temporality: Temporality | null =
        temporal && declared !== 'unspecified' ? declared : null;
      items.push(toPoint(fields, { ...identity, temporality, data }));
    }
  }
  return { items, rejected };
}

const kinds: Readonly<Record<string, { read: PointReader; temporal: boolean }>> = {
  gauge: { read: readGauge, temporal: false },
  sum: { read: readSum, temporal: true },
  histogram: { read: readHistogram, temporal: true },
  exponentialHistogram: { read: readExponentialHistogram, temporal: true },
  summary: { read: readSummary, temporal: false },
};

function toPoint(
  fields: Fields,
  known: Identity & Pick<MetricPoint, 'temporality' | 'data'>,
): MetricPoint {
  return {
    ...known,
    door: 'otlp',
    labels: attributesOf(fields, 'attributes'),
    startNanos: nanosOf(fields, 'startTimeUnixNano'),
    timeNanos: nanosOf(fields, 'timeUnixNano'),
    exemplars: objectsOf(fields, 'exemplars').flatMap(toExemplar),
  };
}

function readGauge(fields: Fields): MetricData | undefined {
  const value = recordedValue(fields);
  return value === undefined ? undefined : { type: 'gauge', value };
}

function readSum(fields: Fields, sum: Fields): MetricData | undefined {
  const value = recordedValue(fields);
  if (value === undefined) return undefined;
  return { type: 'sum', monotonic: booleanOf(sum, 'isMonotonic'), value };
}

function toExemplar(fields: Fields): Exemplar[] {
  const value = recordedValue(fields);
  if (value === undefined) return [];
  return [
    {
      value,
      timeNanos: nanosOf(fields, 'timeUnixNano'),
      traceId: idOf(fields, 'traceId', 16),
      spanId: idOf(fields, 'spanId', 8),
      attributes: attributesOf(fields, 'filteredAttributes'),
    },
  ];
}

/** The one of two that was sent. */
function recordedValue(fields: Fields): number | undefined {
  return optionalNumberOf(fields, 'asDouble') ?? optionalNumberOf(fields, 'asInt') ?? undefined;
}
