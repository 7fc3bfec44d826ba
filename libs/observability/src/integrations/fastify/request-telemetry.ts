import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import type { Observability } from '../../observability.ts';
import type { Parts } from '../../parts.ts';
import { toAttributes } from '../../policy/attributes.ts';
import { errorType } from '../../policy/error-type.ts';
import { activeScope, createScope, withNewScope } from '../../scope.ts';
import { parseTraceparent } from '../../traces/facade-span.ts';
import { serviceKeyHeader, withCallerTrust } from '../../traces/service-key.ts';

/** How a request ended: with a status, or without one. */
export type RequestEnd =
  | { readonly statusCode: number; readonly failure?: undefined }
  | { readonly failure: RequestFailure; readonly statusCode?: undefined };

export type RequestFailure = 'timeout' | 'client_disconnected' | 'response_aborted';

/** One request's span, measurements and log line. */
export interface RequestTelemetry {
  readonly context: Context;
  /** Remembers an error; whether it is reported depends on the status that it ends as. */
  noteError(error: unknown): void;
  /** The first call counts. */
  end(end: RequestEnd): void;
}

const knownMethods = new Set(
  'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE'.split(' '),
);

export function beginRequest(
  parts: Parts,
  observability: Pick<Observability, 'logger' | 'captureError'>,
  request: FastifyRequest,
  options: {
    readonly errorTypeOf?: ((error: unknown) => string | undefined) | undefined;
    readonly slowRequestMs?: number | undefined;
  } = {},
): RequestTelemetry {
  const { errorTypeOf = () => undefined, slowRequestMs = 1_000 } = options;
  const startedAtMs = performance.now();
  const method = knownMethods.has(request.method) ? request.method : '_OTHER';
  const scheme = request.protocol;
  const route = request.routeOptions.url;
  const inFlight = { 'http.request.method': method, 'url.scheme': scheme };
  const guard = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      parts.refusals.count('threw', `request: ${errorType(error)}`);
    }
  };

  let span: Span | undefined;
  let active = withNewScope(context.active());
  guard(() => {
    parts.store.record('http.server.active_requests', 1, inFlight);
    if (parts.externalServerSpans) return;
    span = openServerSpan(parts, request, method, route);
    active = trace.setSpan(active, span);
  });
  let noted: unknown;
  let ended = false;

  return {
    context: active,
    noteError: (error) => {
      noted = error;
    },
    end(end) {
      if (ended) return;
      ended = true;
      context.with(active, () => guard(() => finish(end)));
    },
  };

  function finish(end: RequestEnd): void {
    const durationSeconds = (performance.now() - startedAtMs) / 1_000;
    const { statusCode } = end;
    const failed = statusCode !== undefined && statusCode >= 500;
    const failure = end.failure ?? (failed ? failureOf(statusCode) : undefined);
    if ((failed || end.failure === 'response_aborted') && noted !== undefined) {
      observability.captureError(noted, {
        context: { 'http.request.method': method, 'http.route': route, request_id: request.id },
        tags: { 'http.route': route ?? 'unmatched' },
      });
    }
    const outcome = {
      ...(statusCode === undefined ? {} : { 'http.response.status_code': statusCode }),
      ...(failure === undefined ? {} : { 'error.type': failure }),
    };
    span?.setAttributes(outcome);
    if (failure !== undefined) span?.setStatus({ code: SpanStatusCode.ERROR });
    parts.store.record('http.server.active_requests', -1, inFlight);
    if (!parts.externalServerSpans) {
      const labels = { ...inFlight, 'http.route': route ?? 'unmatched', ...outcome };
      parts.store.record('http.server.request.duration', durationSeconds, labels);
    }
    writeLine(outcome, durationSeconds, failed);
    span?.end();
  }

  function failureOf(statusCode: number): string {
    return noted === undefined ? String(statusCode) : (errorTypeOf(noted) ?? errorType(noted));
  }

  function writeLine(
    outcome: Record<string, unknown>,
    durationSeconds: number,
    failed: boolean,
  ): void {
    const line = {
      // What was said of the request on its way: which problem it is answered with, for one.
      ...Object.fromEntries(activeScope(createScope()).tags),
      'http.request.method': method,
      'http.route': route,
      'url.path': pathOf(request.url),
      ...outcome,
      duration_seconds: Number(durationSeconds.toFixed(6)),
      request_id: request.id,
    };
    if (failed) observability.logger.error('request completed', line);
    else if (isProbe(route)) observability.logger.debug('request completed', line);
    else if (durationSeconds * 1_000 > slowRequestMs) {
      observability.logger.warn('request completed slowly', line);
    } else observability.logger.info('request completed', line);
  }
}

/** The caller's trace goes on here; its sampled flag counts only with the service key. */
function openServerSpan(
  parts: Parts,
  request: FastifyRequest,
  method: string,
  route: string | undefined,
): Span {
  const { traceparent } = request.headers;
  const remote = parseTraceparent(Array.isArray(traceparent) ? traceparent[0] : traceparent);
  const given = request.headers[serviceKeyHeader];
  const parent =
    remote === undefined
      ? ROOT_CONTEXT
      : withCallerTrust(trace.setSpanContext(ROOT_CONTEXT, remote), given, parts.serviceKey);
  const shownMethod = method === '_OTHER' ? 'HTTP' : method;
  return parts.tracer.startSpan(
    route === undefined ? shownMethod : `${shownMethod} ${route}`,
    {
      kind: SpanKind.SERVER,
      attributes: toAttributes({
        'http.request.method': method,
        'http.request.method_original': method === '_OTHER' ? request.method : undefined,
        'http.route': route,
        'url.path': pathOf(request.url),
        'url.scheme': request.protocol,
        'server.address': request.hostname,
        'network.protocol.version': request.raw.httpVersion,
        'user_agent.original': request.headers['user-agent'],
      }),
    },
    parent,
  );
}

/** Probes and scrapes come every few seconds and say nothing. */
function isProbe(route: string | undefined): boolean {
  return route !== undefined && /^\/health\/|\/metrics$/.test(route);
}

function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}
