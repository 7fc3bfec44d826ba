import type { Observability } from '@aiq/observability';
import { type Context, context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  type Sampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { metrics } from './catalogue.ts';
import type { Case } from './compare.ts';

/** As many as a queue to one destination holds, with room to spare. */
const chunk = 1_000;
const attributes = { 'aiq.kind': 'bench', 'aiq.count': 3, 'aiq.flag': true };

export interface SignalCaseOptions {
  readonly observability: Observability<typeof metrics>;
  readonly sinkUrl: string;
  readonly isSampled: boolean;
}

/** A span with three attributes, started, made active, ended. */
export function spanCases(options: SignalCaseOptions): readonly Case[] {
  const { observability, sinkUrl, isSampled } = options;
  const raw = rawTracer(sinkUrl, isSampled ? new AlwaysOnSampler() : new AlwaysOffSampler());
  return [
    {
      name: 'ours',
      chunk,
      run: repeat(() => observability.startSpan('bench.span', { attributes }, doNothing)),
      settle: () => observability.flush(),
    },
    {
      name: 'OpenTelemetry SDK',
      chunk,
      run: repeat(() =>
        raw.tracer.startActiveSpan('bench.span', { attributes }, (span) => span.end()),
      ),
      settle: raw.flush,
    },
  ];
}

/** A line with two attributes, inside a span; and an error, reported. */
export function logAndErrorCases(options: SignalCaseOptions): readonly Case[] {
  const { observability } = options;
  const settle = () => observability.flush();
  const active = sampledContext();
  return [
    {
      name: 'log line (standard output and OTLP)',
      chunk,
      run: (count) =>
        context.with(active, () =>
          repeat(() =>
            observability.logger.info('a line', { 'aiq.kind': 'bench', 'aiq.count': 3 }),
          )(count),
        ),
      settle,
    },
    {
      name: 'captureError (Sentry and a log line)',
      chunk: 30,
      run: (count) =>
        context.with(active, () =>
          repeat(() => observability.captureError(new Error('an error of the benchmark')))(count),
        ),
      settle,
    },
  ];
}

function rawTracer(sinkUrl: string, sampler: Sampler) {
  const exporter = new OTLPTraceExporter({
    url: `${sinkUrl}/v1/traces`,
    compression: 'gzip' as never,
  });
  const provider = new TracerProvider({
    sampler,
    spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: 2_048 })],
  });
  return { tracer: provider.getTracer('bench'), flush: () => provider.forceFlush() };
}

function sampledContext(): Context {
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
  });
}

function repeat(work: () => unknown) {
  return (count: number): void => {
    for (let index = 0; index < count; index += 1) work();
  };
}

function doNothing(): void {}
