import {
  type Resource,
  type Scope,
  type Span,
  type SpanEvent,
  type SpanLink,
  spanKinds,
  spanStatuses,
} from '../../store/model.ts';
import { attributesOf, resourceOf, scopeOf } from './attributes.ts';
import type { Decoded } from './decoded.ts';
import {
  enumOf,
  type Fields,
  idOf,
  nanosOf,
  numberOf,
  objectOf,
  objectsOf,
  textOf,
} from './fields.ts';

/** Spans of an ExportTraceServiceRequest; those without valid ids are rejected one by one. */
export function decodeTraces(request: Fields): Decoded<Span> {
  const items: Span[] = [];
  let rejected = 0;
  for (const resourceSpans of objectsOf(request, 'resourceSpans')) {
    const resource = resourceOf(resourceSpans);
    for (const scopeSpans of objectsOf(resourceSpans, 'scopeSpans')) {
      const scope = scopeOf(scopeSpans);
      for (const fields of objectsOf(scopeSpans, 'spans')) {
        const span = toSpan(fields, { resource, scope });
        if (span === undefined) rejected += 1;
        else items.push(span);
      }
    }
  }
  return { items, rejected, reason: 'spans need a trace id of 16 bytes and a span id of 8 bytes' };
}

function toSpan(fields: Fields, origin: { resource: Resource; scope: Scope }): Span | undefined {
  const traceId = idOf(fields, 'traceId', 16);
  const spanId = idOf(fields, 'spanId', 8);
  if (traceId === null || spanId === null) return undefined;
  const status = objectOf(fields, 'status') ?? {};
  return {
    traceId,
    spanId,
    parentSpanId: idOf(fields, 'parentSpanId', 8),
    name: textOf(fields, 'name'),
    kind: enumOf(fields, 'kind', { prefix: 'SPAN_KIND_', names: spanKinds }),
    ...origin,
    traceState: textOf(fields, 'traceState'),
    flags: numberOf(fields, 'flags'),
    startNanos: nanosOf(fields, 'startTimeUnixNano'),
    endNanos: nanosOf(fields, 'endTimeUnixNano'),
    status: enumOf(status, 'code', { prefix: 'STATUS_CODE_', names: spanStatuses }),
    statusMessage: textOf(status, 'message'),
    attributes: attributesOf(fields, 'attributes'),
    events: objectsOf(fields, 'events').map(toEvent),
    links: objectsOf(fields, 'links').flatMap(toLink),
    dropped: {
      attributes: numberOf(fields, 'droppedAttributesCount'),
      events: numberOf(fields, 'droppedEventsCount'),
      links: numberOf(fields, 'droppedLinksCount'),
    },
  };
}

function toEvent(fields: Fields): SpanEvent {
  return {
    name: textOf(fields, 'name'),
    timeNanos: nanosOf(fields, 'timeUnixNano'),
    attributes: attributesOf(fields, 'attributes'),
  };
}

function toLink(fields: Fields): SpanLink[] {
  const traceId = idOf(fields, 'traceId', 16);
  const spanId = idOf(fields, 'spanId', 8);
  if (traceId === null || spanId === null) return [];
  return [{ traceId, spanId, attributes: attributesOf(fields, 'attributes') }];
}
