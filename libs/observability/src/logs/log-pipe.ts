import {
  BatchLogRecordProcessor,
  type LogRecordExporter,
  type LogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { countExports } from '../export/counting-exporter.ts';
import type { Delivery } from '../export/delivery.ts';

/** Records that wait or are on their way to one destination. */
export const logQueueMax = 2_048;

/** A queue of log records to one destination that counts what it sends, loses and drops. */
export function createLogPipe(options: {
  readonly exporter: LogRecordExporter;
  readonly delivery: Delivery;
  readonly timeoutMs: number;
}): LogRecordProcessor {
  const { delivery, timeoutMs } = options;
  const exporter = countExports<Parameters<LogRecordExporter['export']>[0], LogRecordExporter>({
    exporter: options.exporter,
    delivery,
    sizeOf: (records) => records.length,
    answerWithinMs: timeoutMs + 1_000,
  });
  const batches = new BatchLogRecordProcessor({
    exporter,
    maxQueueSize: logQueueMax,
    exportTimeoutMillis: timeoutMs + 2_000,
  });

  return {
    onEmit(record) {
      if (!delivery.admit()) return;
      try {
        batches.onEmit(record);
      } catch (error) {
        delivery.failed(1, error);
      }
    },
    async forceFlush() {
      // It does nothing where another flush is under way.
      await batches.forceFlush().catch(() => {});
      await delivery.settled();
    },
    shutdown: () => batches.shutdown(),
  };
}
