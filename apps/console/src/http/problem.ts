import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** An answer that is not a success, with the stable code that clients may branch on. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly statusCode: number;
  readonly code: string;
  readonly errors: readonly FieldProblem[];

  constructor(
    statusCode: number,
    code: string,
    options: ErrorOptions & { detail: string; errors?: readonly FieldProblem[] },
  ) {
    super(options.detail, { cause: options.cause });
    this.statusCode = statusCode;
    this.code = code;
    this.errors = options.errors ?? [];
  }
}

/** Turns whatever was thrown into a problem; of an unexpected error nothing but its status goes out. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { statusCode, message } = error as Partial<FastifyError>;
  const detail = message ?? 'The request was refused.';
  if (statusCode === 413) {
    return new Problem(413, 'body_too_large', { detail: 'The body is larger than the limit.' });
  }
  if (statusCode === 415) return new Problem(415, 'unsupported_media_type', { detail });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new Problem(statusCode, 'malformed_request', { detail });
  }
  return new Problem(500, 'internal_error', { detail: 'Something broke.', cause: error });
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem) {
  return reply
    .code(problem.statusCode)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: titles[problem.statusCode] ?? 'Error',
        status: problem.statusCode,
        code: problem.code,
        detail: problem.message,
        ...(problem.errors.length > 0 && { errors: problem.errors }),
        requestId: request.id,
      }),
    );
}

/** Errors and unknown routes of the whole app. */
export function answerWithProblems(
  app: FastifyInstance,
  { onUnexpected }: { onUnexpected: (error: unknown) => void },
): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error);
    if (problem.statusCode >= 500) onUnexpected(error);
    return sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const detail = `${request.method} ${request.url.split('?', 1)[0]} is not here; GET /api lists what is.`;
    return sendProblem(request, reply, new Problem(404, 'route_not_found', { detail }));
  });
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
