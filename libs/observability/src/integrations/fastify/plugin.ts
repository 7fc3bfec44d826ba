import { context } from '@opentelemetry/api';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HookHandlerDoneFunction,
} from 'fastify';
import { fastifyPlugin } from 'fastify-plugin';
import { getParts } from '../../internals.ts';
import type { Observability } from '../../observability.ts';
import { endConnectionsOnStop } from './end-connections.ts';
import { addHealthRoutes, type ReadinessCheck } from './health-routes.ts';
import { addMetricsRoutes, type MetricsRouteOptions } from './metrics-routes.ts';
import { acceptRequestId, requestIdHeader } from './request-id.ts';
import { RequestTelemetry } from './request-telemetry.ts';

export interface ObservabilityPluginOptions {
  readonly observability: Pick<
    Observability,
    'service' | 'logger' | 'captureError' | 'metricsText' | 'health'
  >;
  /** Named checks behind `/health/ready`, each bounded to two seconds; one that throws makes it 503. */
  readonly readiness?: Readonly<Record<string, ReadinessCheck>>;
  readonly metrics?: MetricsRouteOptions;
  /** A stable name for what a request failed with, for `error.type`. @default its code, else its class */
  readonly errorTypeOf?: ((error: unknown) => string | undefined) | undefined;
  /** A request that takes longer is logged as a warning, in milliseconds. @default 1_000 */
  readonly slowRequestMs?: number | undefined;
}

/**
 * Makes a Fastify server observable: one SERVER span and one duration measurement a request, whatever ends it
 * (a reply, an error, an abort, a timeout), `X-Request-ID`, a log line, health and metrics routes. Errors that
 * end as 5xx are captured once. Once `runMain` was told to stop readiness is red, and connections end with their
 * request: see `serve`. Register it first, so that its span is open for every other hook.
 */
export const observabilityPlugin = fastifyPlugin<ObservabilityPluginOptions>(
  async (app, options) => {
    addRequestHooks(app, options);
    endConnectionsOnStop(app, options.observability);
    addHealthRoutes(app, options.observability, options.readiness ?? {});
    if (options.metrics !== undefined) {
      addMetricsRoutes(app, options.observability, options.metrics);
    }
  },
  { name: '@aiq/observability', fastify: '5.x' },
);

/** What the hooks need of the plugin's options. */
export type RequestOptions = Pick<
  ObservabilityPluginOptions,
  'observability' | 'errorTypeOf' | 'slowRequestMs'
>;

/**
 * Observes a request that comes to no hook, and answers it by `work`, in its trace: for `frameworkErrors`, where
 * Fastify gives up on an address before it looks for a route.
 */
export function observeUnrouted<Result>(
  options: RequestOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Result,
): Result {
  return context.with(begin(options, request, reply).context, work);
}

function begin(
  options: RequestOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): RequestTelemetry {
  request.id = acceptRequestId(request);
  reply.header(requestIdHeader, request.id);
  const { observability } = options;
  const telemetry = new RequestTelemetry(getParts(observability), observability, request, options);
  endWithConnection(reply, telemetry);
  return telemetry;
}

/** Where a request keeps its telemetry: a property, because a weak map costs the collector more than the request. */
const telemetryKey = Symbol('aiq.observability.request');

declare module 'fastify' {
  interface FastifyRequest {
    [telemetryKey]: RequestTelemetry | undefined;
  }
}

function addRequestHooks(app: FastifyInstance, options: RequestOptions): void {
  app.decorateRequest(telemetryKey, undefined);

  app.addHook('onRequest', (request, reply, done) => {
    const telemetry = begin(options, request, reply);
    request[telemetryKey] = telemetry;
    bindBody(request, telemetry);
    context.with(telemetry.context, done);
  });

  // A body is read in the socket's own context, and so is what follows it without this.
  app.addHook('preValidation', (request, _reply, done) => resume(request, done));

  app.addHook('onError', (request, _reply, error, done) => {
    request[telemetryKey]?.noteError(error);
    done();
  });

  app.addHook('onTimeout', (request, _reply, done) => {
    request[telemetryKey]?.end({ failure: 'timeout' });
    done();
  });

  app.addHook('onRequestAbort', (request, done) => {
    request[telemetryKey]?.end({ failure: 'client_disconnected' });
    done();
  });

  app.addHook('onResponse', (request, reply: FastifyReply, done) => {
    request[telemetryKey]?.end({ statusCode: reply.statusCode });
    resume(request, done);
  });

  function resume(request: FastifyRequest, done: HookHandlerDoneFunction): void {
    const telemetry = request[telemetryKey];
    if (telemetry === undefined) done();
    else context.with(telemetry.context, done);
  }
}

/** A response that breaks off in its middle fires none of the hooks. */
function endWithConnection({ raw }: FastifyReply, telemetry: RequestTelemetry): void {
  raw.once('close', () => {
    if (telemetry.isEnded) return;
    setImmediate(() => {
      if (raw.writableFinished) telemetry.end({ statusCode: raw.statusCode });
      else telemetry.end({ failure: 'response_aborted' });
    });
  });
}

/** Errors of reading the body (too large, malformed) are handled where the body's events arrive. */
function bindBody(request: FastifyRequest, telemetry: RequestTelemetry): void {
  const { headers } = request;
  const hasBody =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (hasBody) context.bind(telemetry.context, request.raw);
}
