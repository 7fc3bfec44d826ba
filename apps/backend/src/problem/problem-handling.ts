import type { Observability } from '@aiq/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { findUnavailableReason } from '../database/unavailable-reason.ts';
import { type BackendMetrics, toErrorRoute } from '../telemetry/catalogue.ts';
import { problemCodes, problemType } from './problem-codes.ts';
import { ProblemError } from './problem-error.ts';
import { createRouteMethods } from './route-methods.ts';
import { toProblemError } from './to-problem-error.ts';

/** Answers a request with an error. */
export type ProblemResponder = (
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
) => FastifyReply;

/**
 * Creates what makes of every error an application/problem+json body with a code, the trace id and the
 * request id, and counts it with its route.
 */
export function createProblemResponder(
  observability: Observability<BackendMetrics>,
): ProblemResponder {
  return (error, request, reply) => {
    // Its code is that of a broken connection, to the database as well as to the client.
    const { aborted } = request.raw;
    const problem = aborted ? new ProblemError('request_aborted') : toProblemError(error);
    describe(observability, problem, error);
    observability.recordMetric('app.errors', 1, {
      'error.type': problem.code,
      'http.route': toErrorRoute(request.routeOptions.url),
    });
    return reply
      .code(problem.statusCode)
      .headers(problem.options.headers ?? {})
      .type('application/problem+json')
      .serializer(JSON.stringify)
      .send(toBody(problem, request, observability.activeTrace()?.traceId ?? null));
  };
}

/** Puts what a client is told on the span, and into the line of the request; and why, where that is known. */
function describe(
  observability: Observability<BackendMetrics>,
  { code }: ProblemError,
  error: unknown,
): void {
  const reason = findUnavailableReason(error);
  const told = { 'problem.code': code, ...(reason && { 'problem.reason': reason }) };
  for (const [name, value] of Object.entries(told)) {
    observability.setTag(name, value);
    observability.setSpanAttribute(name, value);
  }
}

/** Makes `app` answer errors and unknown routes by `respond`. Before any route: it notes their methods. */
export function addProblemHandling(app: FastifyInstance, respond: ProblemResponder): void {
  const routeMethods = createRouteMethods(app);
  app.setErrorHandler(respond);
  app.setNotFoundHandler((request, reply) => {
    const allowed = routeMethods.allowedFor(request.url);
    const known = allowed.length > 0 && !allowed.includes(request.method);
    const problem = known
      ? new ProblemError('method_not_allowed', { headers: { Allow: allowed.join(', ') } })
      : new ProblemError('route_not_found');
    return respond(problem, request, reply);
  });
}

/** What a failed request is told by in telemetry: the code of its problem; what nobody foresaw by its own name. */
export function toErrorType(error: unknown): string | undefined {
  const { code } = toProblemError(error);
  return code === 'internal_error' ? undefined : code;
}

function toBody(problem: ProblemError, request: FastifyRequest, traceId: string | null) {
  const { detail, errors, members } = problem.options;
  return {
    type: problemType(problem.code),
    title: problemCodes[problem.code].title,
    status: problem.statusCode,
    code: problem.code,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    ...members,
    instance: request.url.split('?', 1)[0],
    traceId,
    requestId: request.id,
  };
}
