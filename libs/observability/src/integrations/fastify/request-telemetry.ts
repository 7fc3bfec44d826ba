import { type Context, context, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import type { Observability } from '../../observability.ts';
import type { LogLevel, Parts } from '../../parts.ts';
import type { CleanAttributes } from '../../policy/attributes.ts';
import { errorType } from '../../policy/error-type.ts';
import { scrubText } from '../../policy/scrub.ts';
import { activeTags, withNewScope } from '../../scope.ts';
import { openServerSpan, pathOf } from './server-span.ts';

/** How a request ended: with a status, or without one. */
export type RequestEnd =
  | { readonly statusCode: number; readonly failure?: undefined }
  | { readonly failure: RequestFailure; readonly statusCode?: undefined };

export type RequestFailure = 'timeout' | 'client_disconnected' | 'response_aborted';

export interface RequestTelemetryOptions {
  /** A stable name for what a request failed with. @default its code, else its class */
  readonly errorTypeOf?: ((error: unknown) => string | undefined) | undefined;
  /** A request that takes longer is logged as a warning. @default 1_000 */
  readonly slowRequestMs?: number | undefined;
}

const slowRequestMsDefault = 1_000;
const knownMethods = new Set(
  'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT QUERY TRACE'.split(' '),
);

/** One request's span, measurements and log line. No call throws. */
export class RequestTelemetry {
  readonly context: Context;
  readonly #parts: Parts;
  readonly #observability: Pick<Observability, 'captureError'>;
  readonly #request: FastifyRequest;
  readonly #options: RequestTelemetryOptions;
  readonly #startedAtMs = performance.now();
  readonly #route: string | undefined;
  readonly #inFlight: { readonly 'http.request.method': string; readonly 'url.scheme': string };
  readonly #span: Span | undefined;
  #noted: unknown;
  #isEnded = false;

  constructor(
    parts: Parts,
    observability: Pick<Observability, 'captureError'>,
    request: FastifyRequest,
    options: RequestTelemetryOptions = {},
  ) {
    const method = knownMethods.has(request.method) ? request.method : '_OTHER';
    const scheme = request.protocol;
    const route = request.routeOptions.url;
    this.#parts = parts;
    this.#observability = observability;
    this.#request = request;
    this.#options = options;
    this.#route = route;
    this.#inFlight = { 'http.request.method': method, 'url.scheme': scheme };
    let active = withNewScope(context.active());
    try {
      parts.store.record('http.server.active_requests', 1, this.#inFlight);
      if (!parts.externalServerSpans) {
        this.#span = openServerSpan(parts, request, { method, scheme, route });
        active = trace.setSpan(active, this.#span);
      }
    } catch (error) {
      this.#refuse(error);
    }
    this.context = active;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Remembers an error; whether it is reported depends on the status that the request ends as. */
  noteError(error: unknown): void {
    this.#noted = error;
  }

  /** The first call counts. */
  end(end: RequestEnd): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    try {
      context.with(this.context, this.#finish, this, end);
    } catch (error) {
      this.#refuse(error);
    }
  }

  #finish(end: RequestEnd): void {
    const { store, externalServerSpans } = this.#parts;
    const seconds = (performance.now() - this.#startedAtMs) / 1_000;
    const { statusCode } = end;
    const failed = statusCode !== undefined && statusCode >= 500;
    const failure = end.failure ?? (failed ? this.#failureOf(statusCode) : undefined);
    if (failed || end.failure === 'response_aborted') this.#captureNoted();

    const outcome: Record<string, string | number> = {};
    if (statusCode !== undefined) outcome['http.response.status_code'] = statusCode;
    if (failure !== undefined) outcome['error.type'] = failure;
    this.#span?.setAttributes(outcome);
    if (failure !== undefined) this.#span?.setStatus({ code: SpanStatusCode.ERROR });
    store.record('http.server.active_requests', -1, this.#inFlight);
    if (!externalServerSpans) {
      const route = this.#route ?? 'unmatched';
      const labels = { ...this.#inFlight, 'http.route': route, ...outcome };
      store.record('http.server.request.duration', seconds, labels);
    }
    this.#writeLine(failed, outcome, seconds);
    this.#span?.end();
  }

  #captureNoted(): void {
    if (this.#noted === undefined) return;
    this.#observability.captureError(this.#noted, {
      context: {
        'http.request.method': this.#inFlight['http.request.method'],
        'http.route': this.#route,
        request_id: this.#request.id,
      },
      tags: { 'http.route': this.#route ?? 'unmatched' },
    });
  }

  #failureOf(statusCode: number): string {
    if (this.#noted === undefined) return String(statusCode);
    return this.#options.errorTypeOf?.(this.#noted) ?? errorType(this.#noted);
  }

  /** Clean by how it is made, but for what the client wrote. */
  #writeLine(failed: boolean, outcome: Record<string, string | number>, seconds: number): void {
    // What was said of the request on its way: which problem it is answered with, for one.
    const attributes: CleanAttributes = { ...activeTags() };
    attributes['http.request.method'] = this.#inFlight['http.request.method'];
    if (this.#route !== undefined) attributes['http.route'] = this.#route;
    attributes['url.path'] = scrubText(pathOf(this.#request.url));
    Object.assign(attributes, outcome);
    attributes['duration_seconds'] = Math.round(seconds * 1e6) / 1e6;
    attributes['request_id'] = scrubText(this.#request.id);
    const isSlow = seconds * 1_000 > (this.#options.slowRequestMs ?? slowRequestMsDefault);
    const level = this.#levelOf(failed, isSlow);
    const message = level === 'warn' ? 'request completed slowly' : 'request completed';
    this.#parts.logs.write({ level, message, attributes });
  }

  #levelOf(failed: boolean, isSlow: boolean): LogLevel {
    if (failed) return 'error';
    if (isProbe(this.#route)) return 'debug';
    return isSlow ? 'warn' : 'info';
  }

  #refuse(error: unknown): void {
    this.#parts.refusals.count('threw', `request: ${errorType(error)}`);
  }
}

/** Probes and scrapes come every few seconds and say nothing. */
function isProbe(route: string | undefined): boolean {
  return route !== undefined && (route.startsWith('/health/') || route.endsWith('/metrics'));
}
