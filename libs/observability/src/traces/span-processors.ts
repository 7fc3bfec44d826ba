import {
  AlwaysOffSampler,
  NoopSpanProcessor,
  type Sampler,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { ObservabilityConfig } from '../config/schema.ts';
import { createDelivery } from '../export/delivery.ts';
import type { Channel } from '../lifecycle.ts';
import { goesTo } from '../policy/routing.ts';
import { createPublicEdgeSampler } from './public-edge-sampler.ts';
import { createSentrySpanExporter } from './sentry-span-exporter.ts';
import { createSpanPipe, spanQueueMax } from './span-pipe.ts';
import { createSpanScrubber } from './span-scrubber.ts';

export interface SpanProcessing {
  readonly sampler: Sampler;
  readonly processors: SpanProcessor[];
  readonly channels: readonly Channel[];
}

/** One pipeline with a pipe to each destination; the sampler takes what any of them wants. */
export function createSpanProcessing(options: {
  readonly config: ObservabilityConfig;
  /** Makes the exporter of OTLP or the console; undefined where there is none. */
  readonly otelExporter: (() => SpanExporter) | undefined;
  readonly sentryTraces:
    | { readonly url: string; readonly headers: Record<string, string> }
    | undefined;
}): SpanProcessing {
  const { config, otelExporter, sentryTraces } = options;
  const { otel, routing, sentry } = config;
  const { timeoutMs } = otel;
  const { enabled: hasTail, ...tail } = config.traces.tail;
  const route = otel.traces.enabled ? routing.traces : 'none';
  const destinations: { name: string; exporter: SpanExporter; ratio: number }[] = [];
  if (otelExporter !== undefined && goesTo(route, 'otel')) {
    destinations.push({ name: 'traces.otel', exporter: otelExporter(), ratio: otel.traces.ratio });
  }
  if (sentryTraces !== undefined && goesTo(route, 'sentry')) {
    const exporter = createSentrySpanExporter({ ...sentryTraces, timeoutMs });
    destinations.push({ name: 'traces.sentry', exporter, ratio: sentry.tracesSampleRate });
  }
  // Without any destination spans are not recorded, and still have ids.
  if (destinations.length === 0) {
    return { sampler: new AlwaysOffSampler(), processors: [new NoopSpanProcessor()], channels: [] };
  }

  const highest = Math.max(...destinations.map(({ ratio }) => ratio));
  const pipes = destinations.map(({ name, exporter, ratio }) => {
    const delivery = createDelivery(name, () => new Date(), { capacity: spanQueueMax });
    const pipe = createSpanPipe({
      exporter,
      delivery,
      timeoutMs,
      // The sampled flag is the decision at the highest ratio, here or in a caller that is trusted.
      ratio: ratio === highest ? 1 : ratio,
      tail: hasTail ? tail : undefined,
    });
    return { delivery, pipe };
  });
  return {
    sampler: createPublicEdgeSampler(highest, hasTail),
    processors: [createSpanScrubber(), ...pipes.map(({ pipe }) => pipe)],
    channels: pipes.map(({ delivery, pipe }) => ({ delivery, flush: () => pipe.forceFlush() })),
  };
}
