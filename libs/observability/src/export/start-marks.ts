import type { HrTime } from '@opentelemetry/api';
import {
  type ExportResult,
  ExportResultCode,
  hrTimeToMilliseconds,
  millisToHrTime,
} from '@opentelemetry/core';
import {
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { type FailureReason, toFailureReason } from './failure-reason.ts';

/** A receiver refuses points that are much older than its newest, and with them all that came along. */
const zeroAgeMsMax = 600_000;

/** Failures after which it is as good as certain that nothing was taken. */
const notTaken: readonly FailureReason[] = [
  'connection_refused',
  'dns',
  'status_401',
  'status_413',
  'status_429',
  'status_5xx',
];

const unspecified: HrTime = [0, 0];

/**
 * Lets each counter and histogram rise from zero before the receiver's eyes: `increase()` over a series that first
 * appears at 48, or that stands at 48 since the run before, is 0. In the request that first has it above zero
 * it is preceded by zeros of the moments after the last request.
 *
 * An export that may have arrived counts as arrived: a second start would count its values twice.
 */
export function markStarts(options: {
  readonly exporter: PushMetricExporter;
  /** Since when the series count, in milliseconds since the epoch. */
  readonly startedAtMs: number;
  /**
   * How many zeros precede a rise. One says where it began; `increase()` extrapolates by up to the mean distance of
   * the samples, so a series of few samples wants more.
   */
  readonly zeros: number;
}): PushMetricExporter {
  const { exporter, startedAtMs, zeros } = options;
  const original = exporter.export.bind(exporter);
  const risen = new Set<string>();
  let lastSentMs = startedAtMs;

  exporter.export = (metrics, done) => {
    const sentMs = lastSentMs;
    const rising: string[] = [];
    const marked = mapMetrics(metrics, markMetric);
    for (const key of rising) risen.add(key);
    original(marked, (result) => {
      if (wasNotTaken(result)) for (const key of rising) risen.delete(key);
      done(result);
    });

    function markMetric(metric: MetricData): MetricData {
      const { name } = metric.descriptor;
      if (metric.dataPointType === DataPointType.HISTOGRAM) {
        return { ...metric, dataPoints: metric.dataPoints.flatMap((point) => mark(name, point)) };
      }
      if (metric.dataPointType === DataPointType.SUM && metric.isMonotonic) {
        return { ...metric, dataPoints: metric.dataPoints.flatMap((point) => mark(name, point)) };
      }
      if (metric.dataPointType !== DataPointType.GAUGE) return metric;
      // A gauge begins nowhere: from a start time some receivers conclude that it was 0 then.
      const dataPoints = metric.dataPoints.map((point) => ({ ...point, startTime: unspecified }));
      return { ...metric, dataPoints };
    }

    function mark<Value extends number | Histogram>(
      name: string,
      point: DataPoint<Value>,
    ): DataPoint<Value>[] {
      const endMs = Math.trunc(hrTimeToMilliseconds(point.endTime));
      lastSentMs = Math.max(lastSentMs, endMs);
      if (isZero(point.value)) return [point];
      const key = `${name}\u0000${JSON.stringify(point.attributes)}`;
      if (risen.has(key)) return [point];
      rising.push(key);
      const times = zeroTimes(Math.max(sentMs, endMs - zeroAgeMsMax), endMs, zeros);
      return [...times.map((time) => zeroPoint(point, time)), point];
    }
  };
  return exporter;
}

/** A millisecond apart, after the one moment and before the other, as far as they fit. */
function zeroTimes(afterMs: number, beforeMs: number, count: number): HrTime[] {
  const room = Math.max(0, beforeMs - afterMs - 1);
  return Array.from({ length: Math.min(count, room) }, (_, index) =>
    millisToHrTime(afterMs + 1 + index),
  );
}

function zeroPoint<Value extends number | Histogram>(
  { startTime, attributes, value }: DataPoint<Value>,
  endTime: HrTime,
): DataPoint<Value> {
  return { startTime, endTime, attributes, value: toZero(value) as Value };
}

function toZero(value: number | Histogram): number | Histogram {
  if (typeof value === 'number') return 0;
  const { boundaries, counts } = value.buckets;
  return { buckets: { boundaries, counts: counts.map(() => 0) }, sum: 0, count: 0 };
}

function isZero(value: number | Histogram): boolean {
  return (typeof value === 'number' ? value : value.count) === 0;
}

function mapMetrics(
  { resource, scopeMetrics }: ResourceMetrics,
  map: (metric: MetricData) => MetricData,
): ResourceMetrics {
  return {
    resource,
    scopeMetrics: scopeMetrics.map(({ scope, metrics }) => ({ scope, metrics: metrics.map(map) })),
  };
}

function wasNotTaken({ code, error }: ExportResult): boolean {
  return code !== ExportResultCode.SUCCESS && notTaken.includes(toFailureReason(error));
}
