import { STATUS_CODES } from 'node:http';
import { DatabaseError } from '@aiq/database';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isDatabaseFault } from '../storage/insert-failure.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';

/** An answer other than the one asked for, as the caller shall read it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, detail: string) {
    super(detail);
    this.statusCode = statusCode;
    this.code = code;
  }
}

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

const codesByStatus: Readonly<Record<number, string>> = {
  400: 'malformed_body',
  401: 'unauthorized',
  404: 'not_found',
  413: 'body_too_large',
  415: 'unsupported_media_type',
};

/** Sends what was thrown as `application/problem+json`. What is unexpected says nothing of itself. */
export function createErrorHandler(telemetry: Pick<Telemetry, 'activeTrace'>) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
    sendProblem(toProblem(error), { telemetry, request, reply });
}

export function createNotFoundHandler(telemetry: Pick<Telemetry, 'activeTrace'>) {
  return (request: FastifyRequest, reply: FastifyReply) => {
    const detail = `there is no route ${request.method} ${request.url.split('?')[0]}`;
    return sendProblem(
      { status: 404, code: 'route_not_found', detail },
      { telemetry, request, reply },
    );
  };
}

function toProblem(error: FastifyError): Problem {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      path: instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: message ?? 'not valid',
    }));
    const detail = `the ${error.validationContext ?? 'request'} is not as expected`;
    return { status: 400, code: 'validation_failed', detail, errors };
  }
  if (error instanceof DatabaseError || isDatabaseFault(error)) {
    return { status: 503, code: 'service_unavailable', detail: 'the database cannot be reached' };
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) return { status, code: 'internal_error' };
  const isOurs = error instanceof ProblemError;
  return {
    status,
    code: isOurs ? error.code : (codesByStatus[status] ?? 'bad_request'),
    detail: error.message,
  };
}

function sendProblem(
  { status, ...rest }: Problem,
  context: {
    readonly telemetry: Pick<Telemetry, 'activeTrace'>;
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
  },
): FastifyReply {
  const { telemetry, request, reply } = context;
  const body = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...rest,
    traceId: telemetry.activeTrace()?.traceId ?? null,
    requestId: request.id,
  };
  return reply.code(status).type('application/problem+json').send(body);
}
