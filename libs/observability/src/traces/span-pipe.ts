import { ROOT_CONTEXT, TraceFlags } from '@opentelemetry/api';
import {
  BatchSpanProcessor,
  SamplingDecision,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace';
import { countExports } from '../export/counting-exporter.ts';
import type { Delivery } from '../export/delivery.ts';

const queueMax = 2_048;

/**
 * A queue to one destination that counts what it sends, loses and drops, and cannot throw into `span.end()`.
 *
 * @param ratio Share of traces that this destination gets, decided from the trace id: the same in every service.
 */
export function createSpanPipe(options: {
  readonly exporter: SpanExporter;
  readonly delivery: Delivery;
  readonly timeoutMs: number;
  readonly ratio: number;
}): SpanProcessor {
  const { delivery, timeoutMs, ratio } = options;
  const sampler = new TraceIdRatioBasedSampler(ratio);
  let pending = 0;
  delivery.hasQueue({ capacity: queueMax, size: () => pending });
  const exporter = countExports<Parameters<SpanExporter['export']>[0], SpanExporter>({
    exporter: options.exporter,
    delivery,
    sizeOf: (spans) => spans.length,
    answerWithinMs: timeoutMs + 1_000,
    settled: (items) => {
      pending -= items;
    },
  });
  const batches = new BatchSpanProcessor({
    exporter,
    maxQueueSize: queueMax,
    exportTimeoutMillis: timeoutMs + 2_000,
  });

  return {
    onStart() {},
    onEnd(span) {
      const { traceId, traceFlags } = span.spanContext();
      if ((traceFlags & TraceFlags.SAMPLED) === 0 || !isChosen(traceId)) return;
      if (pending >= queueMax) return delivery.dropped(1);
      pending += 1;
      try {
        batches.onEnd(span);
      } catch (error) {
        pending -= 1;
        delivery.failed(1, error);
      }
    },
    forceFlush: () => batches.forceFlush(),
    shutdown: () => batches.shutdown(),
  };

  function isChosen(traceId: string): boolean {
    if (ratio >= 1) return true;
    const { decision } = sampler.shouldSample(ROOT_CONTEXT, traceId);
    return decision === SamplingDecision.RECORD_AND_SAMPLED;
  }
}
