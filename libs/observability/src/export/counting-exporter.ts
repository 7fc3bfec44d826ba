import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { toError } from '../policy/error-type.ts';
import type { Delivery } from './delivery.ts';

/** What the exporters of spans, log records and metrics have in common. */
interface Exporter<Batch> {
  export(batch: Batch, done: (result: ExportResult) => void): void;
}

/** Counts what an exporter did, and answers for it where it throws or answers twice. */
export function countExports<Batch, E extends Exporter<Batch>>(options: {
  readonly exporter: E;
  readonly delivery: Delivery;
  readonly sizeOf: (batch: Batch) => number;
  /** An exporter that has not answered by then has failed: some wait for ever for a reply that trickles in. */
  readonly answerWithinMs: number;
}): E {
  const { exporter, delivery, sizeOf, answerWithinMs } = options;
  const original = exporter.export.bind(exporter);

  exporter.export = (batch, done) => {
    const items = sizeOf(batch);
    let answered = false;
    const finish = (result: ExportResult): void => {
      if (answered) return;
      answered = true;
      clearTimeout(watchdog);
      if (result.code === ExportResultCode.SUCCESS) delivery.exported(items);
      else delivery.failed(items, result.error);
      done(result);
    };
    const watchdog = setTimeout(
      () => finish({ code: ExportResultCode.FAILED, error: new Error('no answer in time') }),
      answerWithinMs,
    );
    watchdog.unref();
    try {
      original(batch, finish);
    } catch (error) {
      finish({ code: ExportResultCode.FAILED, error: toError(error) });
    }
  };
  return exporter;
}
