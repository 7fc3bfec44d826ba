import { type HrTime, ValueType } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { Exemplar, ExemplarCarrier } from './exemplar.ts';
import type { Series } from './metric.ts';
import type { MetricSnapshot, MetricStore } from './metric-store.ts';

/** Hands the store's series to a metric reader, as cumulative data. */
export function createMetricProducer(options: {
  readonly store: MetricStore;
  readonly resource: Resource;
  readonly nowMs: () => number;
}): MetricProducer {
  const { store, resource, nowMs } = options;
  return {
    async collect() {
      const snapshots = await store.collect();
      const startTime = millisToHrTime(store.startedAtMs);
      const endTime = millisToHrTime(nowMs());
      const metrics = snapshots
        .filter((snapshot) => snapshot.series.length > 0)
        .map((snapshot) => toMetricData(snapshot, startTime, endTime));
      const scopeMetrics =
        metrics.length === 0 ? [] : [{ scope: { name: '@aiq/observability' }, metrics }];
      return { resourceMetrics: { resource, scopeMetrics }, errors: [] };
    },
  };
}

function toMetricData(snapshot: MetricSnapshot, startTime: HrTime, endTime: HrTime): MetricData {
  const { spec, series } = snapshot;
  const base = {
    descriptor: {
      name: spec.name,
      description: spec.description,
      unit: spec.unit,
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const times = { startTime, endTime };
  const toPoint = <Value>(each: Series, value: Value): DataPoint<Value> & ExemplarCarrier => {
    const exemplars = each.exemplars.filter((exemplar): exemplar is Exemplar => !!exemplar);
    const point = { ...times, attributes: each.attributes, value };
    return exemplars.length === 0 ? point : { ...point, exemplars };
  };
  const numbers = (): DataPoint<number>[] => series.map((each) => toPoint(each, each.value));

  if (spec.kind === 'gauge') {
    return { ...base, dataPointType: DataPointType.GAUGE, dataPoints: numbers() };
  }
  if (spec.kind === 'histogram') {
    const boundaries = [...(spec.buckets ?? [])];
    const dataPoints = series.map((each) => toPoint(each, toHistogram(each, boundaries)));
    return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints };
  }
  const isMonotonic = spec.kind === 'counter';
  return { ...base, dataPointType: DataPointType.SUM, isMonotonic, dataPoints: numbers() };
}

function toHistogram(series: Series, boundaries: number[]): Histogram {
  return {
    buckets: { boundaries, counts: series.buckets },
    sum: series.value,
    count: series.count,
    min: series.min,
    max: series.max,
  };
}
