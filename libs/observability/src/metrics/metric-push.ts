import {
  type MetricProducer,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { countExports } from '../export/counting-exporter.ts';
import type { Delivery } from '../export/delivery.ts';

/** The reader that pushes, counting data points sent and lost. */
export function createMetricPush(options: {
  readonly exporter: PushMetricExporter;
  readonly delivery: Delivery;
  readonly producer: MetricProducer;
  readonly timeoutMs: number;
  readonly intervalMs: number;
}): PeriodicExportingMetricReader {
  const { delivery, producer, timeoutMs, intervalMs } = options;
  const exporter = countExports<ResourceMetrics, PushMetricExporter>({
    exporter: options.exporter,
    delivery,
    sizeOf: countPoints,
    answerWithinMs: timeoutMs + 1_000,
  });
  return new PeriodicExportingMetricReader({
    exporter,
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
