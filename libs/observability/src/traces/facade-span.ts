import {
  createTraceState,
  type Link,
  type Span as OtelSpan,
  SpanKind as OtelSpanKind,
  type SpanContext,
  SpanStatusCode,
  TraceFlags,
} from '@opentelemetry/api';
import type { Span, SpanKind, TraceContext } from '../observability.ts';
import { toAttribute, toAttributes } from '../policy/attributes.ts';
import { describeThrown, errorType, toError } from '../policy/error-type.ts';
import type { Refusals } from '../policy/refusals.ts';
import { scrubText } from '../policy/scrub.ts';

export const spanKinds: Readonly<Record<SpanKind, OtelSpanKind>> = {
  internal: OtelSpanKind.INTERNAL,
  server: OtelSpanKind.SERVER,
  client: OtelSpanKind.CLIENT,
  producer: OtelSpanKind.PRODUCER,
  consumer: OtelSpanKind.CONSUMER,
};

const noIds = { traceId: '0'.repeat(32), spanId: '0'.repeat(16) };

/** What work gets: a span whose calls cannot throw. */
export function toFacadeSpan(span: OtelSpan | undefined, refusals: Refusals): Span {
  const guard = (call: () => void): void => {
    try {
      call();
    } catch (error) {
      refusals.count('threw', `span: ${describeThrown(error)}`);
    }
  };
  const { traceId, spanId } = span?.spanContext() ?? noIds;
  return {
    traceId,
    spanId,
    setAttribute: (name, value) =>
      guard(() => {
        const clean = toAttribute(name, value);
        if (clean !== undefined) span?.setAttribute(name, clean);
      }),
    setAttributes: (attributes) => guard(() => span?.setAttributes(toAttributes(attributes))),
    addLink: (context) =>
      guard(() => {
        const link = toLink(context);
        if (link !== undefined) span?.addLink(link);
      }),
    recordError: (error) => guard(() => span !== undefined && failSpan(span, error)),
  };
}

/** Sets status and `error.type`. */
export function failSpan(span: OtelSpan, error: unknown): void {
  span.setAttribute('error.type', errorType(error));
  span.setStatus({ code: SpanStatusCode.ERROR, message: scrubText(toError(error).message) });
}

export function toLink(context: TraceContext): Link | undefined {
  const spanContext = parseTraceContext(context);
  return spanContext === undefined ? undefined : { context: spanContext };
}

/** What was carried here: a traceparent that is one, with what vendors added to it. */
export function parseTraceContext({
  traceparent,
  tracestate,
}: TraceContext): SpanContext | undefined {
  const parsed = parseTraceparent(traceparent);
  if (parsed === undefined || !tracestate) return parsed;
  return { ...parsed, traceState: createTraceState(tracestate) };
}

/** @see https://www.w3.org/TR/trace-context/#traceparent-header */
export function parseTraceparent(traceparent: string | undefined): SpanContext | undefined {
  const match = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(
    traceparent ?? '',
  );
  const [, traceId, spanId, flags] = match ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return { traceId, spanId, traceFlags, isRemote: true };
}
