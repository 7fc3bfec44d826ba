import {
  BatchLogRecordProcessor,
  type LogRecordExporter,
  type LogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { countExports } from '../export/counting-exporter.ts';
import type { Delivery } from '../export/delivery.ts';

const queueMax = 2_048;

/** A queue of log records to one destination that counts what it sends, loses and drops. */
export function createLogPipe(options: {
  readonly exporter: LogRecordExporter;
  readonly delivery: Delivery;
  readonly timeoutMs: number;
}): LogRecordProcessor {
  const { delivery, timeoutMs } = options;
  let pending = 0;
  delivery.hasQueue({ capacity: queueMax, size: () => pending });
  const exporter = countExports<Parameters<LogRecordExporter['export']>[0], LogRecordExporter>({
    exporter: options.exporter,
    delivery,
    sizeOf: (records) => records.length,
    answerWithinMs: timeoutMs + 1_000,
    settled: (items) => {
      pending -= items;
    },
  });
  const batches = new BatchLogRecordProcessor({
    exporter,
    maxQueueSize: queueMax,
    exportTimeoutMillis: timeoutMs + 2_000,
  });

  return {
    onEmit(record) {
      if (pending >= queueMax) return delivery.dropped(1);
      pending += 1;
      try {
        batches.onEmit(record);
      } catch (error) {
        pending -= 1;
        delivery.failed(1, error);
      }
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };
}
