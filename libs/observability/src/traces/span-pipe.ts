import { ROOT_CONTEXT, TraceFlags } from '@opentelemetry/api';
import {
  BatchSpanProcessor,
  type ReadableSpan,
  SamplingDecision,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { countExports } from '../export/counting-exporter.ts';
import type { Delivery } from '../export/delivery.ts';
import { createTailBuffer, type TailOptions } from './tail-buffer.ts';

/** Spans that wait or are on their way to one destination. */
export const spanQueueMax = 2_048;

export interface SpanPipeOptions {
  readonly exporter: SpanExporter;
  readonly delivery: Delivery;
  readonly timeoutMs: number;
  /**
   * Share of the sampled traces' ids that this destination gets, the same in every service; 1 where it gets all
   * that was sampled.
   */
  readonly ratio: number;
  /** Keeps spans of failed and slow traces that this destination would not get. Absent: nothing is kept. */
  readonly tail?: TailOptions | undefined;
}

/** A queue to one destination that counts what it sends, loses and drops, and cannot throw into `span.end()`. */
export function createSpanPipe(options: SpanPipeOptions): SpanProcessor {
  const { delivery, timeoutMs, ratio } = options;
  const sampler = new TraceIdRatioBasedSampler(ratio);
  const tail = options.tail === undefined ? undefined : createTailBuffer(options.tail, enqueue);
  const exporter = countExports<Parameters<SpanExporter['export']>[0], SpanExporter>({
    exporter: options.exporter,
    delivery,
    sizeOf: (spans) => spans.length,
    answerWithinMs: timeoutMs + 1_000,
  });
  const batches = new BatchSpanProcessor({
    exporter,
    maxQueueSize: spanQueueMax,
    exportTimeoutMillis: timeoutMs + 2_000,
  });

  return {
    onStart(span) {
      if (tail !== undefined && !isChosen(span)) tail.begin(span);
    },
    onEnd(span) {
      if (isChosen(span)) enqueue(span);
      else tail?.end(span);
    },
    async forceFlush() {
      // It does not wait for a batch that is on its way already, and rejects where one failed, which is counted.
      await batches.forceFlush().catch(() => {});
      await delivery.settled();
    },
    shutdown: () => batches.shutdown(),
  };

  function enqueue(span: ReadableSpan): void {
    if (!delivery.admit()) return;
    try {
      batches.onEnd(span);
    } catch (error) {
      delivery.failed(1, error);
    }
  }

  function isChosen(span: Pick<ReadableSpan, 'spanContext'>): boolean {
    const { traceId, traceFlags } = span.spanContext();
    if ((traceFlags & TraceFlags.SAMPLED) === 0) return false;
    if (ratio >= 1) return true;
    const { decision } = sampler.shouldSample(ROOT_CONTEXT, traceId);
    return decision === SamplingDecision.RECORD_AND_SAMPLED;
  }
}
