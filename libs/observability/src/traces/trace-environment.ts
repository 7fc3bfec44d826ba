import type { TraceContext } from '../observability.ts';

/** Trace context as a process carries it in its environment. */
export interface TraceEnvironment {
  readonly TRACEPARENT: string | undefined;
  readonly TRACESTATE: string | undefined;
}

/**
 * Variables that let a child process continue a trace: `toTraceEnvironment(observability.traceContext())`.
 * What is not known is `undefined`, so that a child does not inherit the trace of its grandparent.
 *
 * @see https://opentelemetry.io/docs/specs/otel/context/env-carriers/
 */
export function toTraceEnvironment({ traceparent, tracestate }: TraceContext): TraceEnvironment {
  return { TRACEPARENT: traceparent, TRACESTATE: tracestate };
}

/** The context that a parent process left in the environment of this one. */
export function fromTraceEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): TraceContext {
  const { TRACEPARENT: traceparent, TRACESTATE: tracestate } = environment;
  return {
    ...(traceparent ? { traceparent } : {}),
    ...(tracestate ? { tracestate } : {}),
  };
}
