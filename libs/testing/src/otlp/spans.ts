import {
  type Attributes,
  toAttributes,
  toEnumName,
  toHexId,
  type WireKeyValue,
} from './attributes.ts';

const spanKinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const statusCodes = ['unset', 'ok', 'error'] as const;

export type SpanKind = (typeof spanKinds)[number];

export type SpanStatus = (typeof statusCodes)[number];

/** A span as it was received, the same for every encoding. */
export interface ReceivedSpan {
  /** `service.name` of the resource. */
  readonly service: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** Ids are lower-case hex. */
  readonly traceId: string;
  readonly spanId: string;
  /** Absent for a root span. */
  readonly parentSpanId?: string;
  readonly attributes: Attributes;
  readonly status: SpanStatus;
  readonly statusMessage?: string;
  /** Nanoseconds since 1970, as text: they do not fit a number. */
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly durationMs: number;
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: Attributes;
  }[];
  /** Name of the instrumentation that made the span. */
  readonly scope: string;
  readonly resource: Attributes;
}

type Id = string | Uint8Array;

interface WireSpan {
  readonly name?: string;
  readonly kind?: number | string;
  readonly traceId?: Id;
  readonly spanId?: Id;
  readonly parentSpanId?: Id;
  readonly attributes?: readonly WireKeyValue[];
  readonly status?: { readonly code?: number | string; readonly message?: string };
  readonly startTimeUnixNano?: string | number;
  readonly endTimeUnixNano?: string | number;
  readonly events?: readonly { name?: string; attributes?: readonly WireKeyValue[] }[];
  readonly links?: readonly {
    traceId?: Id;
    spanId?: Id;
    attributes?: readonly WireKeyValue[];
  }[];
}

interface WireTraces {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly WireKeyValue[] };
    readonly scopeSpans?: readonly {
      readonly scope?: { readonly name?: string };
      readonly spans?: readonly WireSpan[];
    }[];
  }[];
}

/** Lists the spans of a decoded export request. */
export function toSpans(request: WireTraces): ReceivedSpan[] {
  return (request.resourceSpans ?? []).flatMap((resourceSpans) => {
    const resource = toAttributes(resourceSpans.resource?.attributes);
    return (resourceSpans.scopeSpans ?? []).flatMap((scopeSpans) =>
      (scopeSpans.spans ?? []).map((span) => toSpan(span, resource, scopeSpans.scope?.name ?? '')),
    );
  });
}

function toSpan(span: WireSpan, resource: Attributes, scope: string): ReceivedSpan {
  const parentSpanId = toHexId(span.parentSpanId);
  const isRoot = /^0*$/.test(parentSpanId);
  const startTimeUnixNano = String(span.startTimeUnixNano ?? 0);
  const endTimeUnixNano = String(span.endTimeUnixNano ?? 0);
  const message = span.status?.message;
  return {
    service: String(resource['service.name'] ?? ''),
    name: span.name ?? '',
    kind: toEnumName(spanKinds, span.kind) as SpanKind,
    traceId: toHexId(span.traceId),
    spanId: toHexId(span.spanId),
    ...(isRoot ? {} : { parentSpanId }),
    attributes: toAttributes(span.attributes),
    status: toEnumName(statusCodes, span.status?.code) as SpanStatus,
    ...(message ? { statusMessage: message } : {}),
    startTimeUnixNano,
    endTimeUnixNano,
    durationMs: Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6,
    events: (span.events ?? []).map((event) => ({
      name: event.name ?? '',
      attributes: toAttributes(event.attributes),
    })),
    links: (span.links ?? []).map((link) => ({
      traceId: toHexId(link.traceId),
      spanId: toHexId(link.spanId),
      attributes: toAttributes(link.attributes),
    })),
    scope,
    resource,
  };
}
