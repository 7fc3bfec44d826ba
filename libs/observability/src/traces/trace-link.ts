import { ROOT_CONTEXT, type SpanContext, TraceFlags } from '@opentelemetry/api';
import { SamplingDecision, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import { findOtlpEndpoint } from '../config/endpoint.ts';
import type { Settings } from '../config/settings.ts';
import { findTraceUrl } from '../config/trace-url.ts';
import { goesTo } from '../policy/routing.ts';

/** The address of a span's trace; undefined where OpenTelemetry does not get it, as a link must lead somewhere. */
export type TraceLink = (span: SpanContext) => string | undefined;

/** @returns undefined where there is no address, or no trace is sent there. */
export function createTraceLink(settings: Settings): TraceLink | undefined {
  const url = findTraceUrl(settings);
  const { config } = settings;
  const { otel, routing, sentry } = config;
  const isSent =
    config.enabled &&
    !config.disabled &&
    otel.traces.enabled &&
    otel.exporter === 'otlp' &&
    findOtlpEndpoint(settings) !== undefined &&
    goesTo(routing.traces, 'otel');
  if (url === undefined || !isSent) return undefined;

  // The sampled flag is the decision at the highest ratio of all destinations.
  const { ratio } = otel.traces;
  const isLower = goesTo(routing.traces, 'sentry') && ratio < sentry.tracesSampleRate;
  const sampler = isLower ? new TraceIdRatioBasedSampler(ratio) : undefined;
  return ({ traceId, traceFlags }) => {
    if ((traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
    const decision = sampler?.shouldSample(ROOT_CONTEXT, traceId).decision;
    if (decision === SamplingDecision.NOT_RECORD) return undefined;
    return url.replaceAll('{traceId}', traceId);
  };
}
