import { type Context, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import type { Parts } from '../../parts.ts';
import { parseTraceparent } from '../../traces/facade-span.ts';
import { serviceKeyHeader, withCallerTrust } from '../../traces/service-key.ts';

/** What is known of a request when it arrives. */
export interface Arrival {
  readonly method: string;
  readonly scheme: string;
  /** Its template; absent where no route matched. */
  readonly route: string | undefined;
}

/** Opens the SERVER span. The caller's trace goes on here; its sampled flag counts only with the service key. */
export function openServerSpan(parts: Parts, request: FastifyRequest, arrival: Arrival): Span {
  const { method, scheme, route } = arrival;
  const { headers } = request;
  const shownMethod = method === '_OTHER' ? 'HTTP' : method;
  // Scrubbed when the span ends, like all that instrumentations write.
  const attributes: Record<string, string> = {
    'http.request.method': method,
    'url.path': pathOf(request.url),
    'url.scheme': scheme,
    'network.protocol.version': request.raw.httpVersion,
  };
  if (method === '_OTHER') attributes['http.request.method_original'] = request.method;
  if (route !== undefined) attributes['http.route'] = route;
  const host = request.hostname;
  if (host) attributes['server.address'] = host;
  const agent = headers['user-agent'];
  if (agent !== undefined) attributes['user_agent.original'] = agent;
  return parts.tracer.startSpan(
    route === undefined ? shownMethod : `${shownMethod} ${route}`,
    { kind: SpanKind.SERVER, attributes },
    parentOf(parts, request),
  );
}

export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function parentOf(parts: Parts, { headers }: FastifyRequest): Context {
  const { traceparent } = headers;
  if (traceparent === undefined) return ROOT_CONTEXT;
  const remote = parseTraceparent(Array.isArray(traceparent) ? traceparent[0] : traceparent);
  if (remote === undefined) return ROOT_CONTEXT;
  const parent = trace.setSpanContext(ROOT_CONTEXT, remote);
  return withCallerTrust(parent, headers[serviceKeyHeader], parts.serviceKey);
}
