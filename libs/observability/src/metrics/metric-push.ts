import {
  type MetricProducer,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { countExports } from '../export/counting-exporter.ts';
import type { Delivery } from '../export/delivery.ts';
import { markStarts } from '../export/start-marks.ts';

/** The reader that pushes, counting data points sent and lost. */
export function createMetricPush(options: {
  readonly exporter: PushMetricExporter;
  readonly delivery: Delivery;
  readonly producer: MetricProducer;
  readonly timeoutMs: number;
  readonly intervalMs: number;
  /** How each series' start is told; absent: it is not. */
  readonly starts?: { readonly startedAtMs: number; readonly zeros: number } | undefined;
}): PeriodicExportingMetricReader {
  const { delivery, producer, timeoutMs, intervalMs, starts } = options;
  const counted = countExports<ResourceMetrics, PushMetricExporter>({
    exporter: options.exporter,
    delivery,
    sizeOf: countPoints,
    answerWithinMs: timeoutMs + 1_000,
  });
  return new PeriodicExportingMetricReader({
    exporter: starts === undefined ? counted : markStarts({ exporter: counted, ...starts }),
    metricProducers: [producer],
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(intervalMs, timeoutMs + 2_000),
  });
}

function countPoints({ scopeMetrics }: ResourceMetrics): number {
  return scopeMetrics
    .flatMap(({ metrics }) => metrics)
    .reduce((points, { dataPoints }) => points + dataPoints.length, 0);
}
