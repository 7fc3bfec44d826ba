import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isDatabaseUnavailable } from '../database/database-unavailable.ts';
import type { ProblemCode } from './problem-codes.ts';
import { type ProblemDetail, ProblemError } from './problem-error.ts';

const codesByFastifyError: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_body',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_MAX_PARAM_LENGTH: 'uri_too_long',
  FST_ERR_HANDLER_TIMEOUT: 'service_unavailable',
};

const codesByStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'unauthorized',
  404: 'route_not_found',
  408: 'request_timeout',
  413: 'body_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'service_unavailable',
};

/**
 * Turns whatever a request threw into the problem its client is told about. What nobody foresaw
 * becomes `internal_error`, with the error as its cause and none of it in the body.
 */
export function toProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const context = (error as { validationContext?: string }).validationContext ?? 'request';
    return new ProblemError('validation_failed', {
      errors: error.validation.map((issue) => toDetail(context, issue)),
      cause: error,
    });
  }
  if (isDatabaseUnavailable(error)) {
    return new ProblemError('service_unavailable', {
      detail: 'The database does not answer. Try again in a moment.',
      headers: { 'Retry-After': '5' },
      cause: error,
    });
  }
  return new ProblemError(codeOf(error), { cause: error });
}

function codeOf(error: unknown): ProblemCode {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  const byCode = typeof code === 'string' ? codesByFastifyError[code] : undefined;
  if (byCode) return byCode;
  if (error instanceof SyntaxError && statusCode === 400) return 'malformed_body';
  if (typeof statusCode !== 'number') return 'internal_error';
  return (
    codesByStatus[statusCode] ??
    (statusCode >= 400 && statusCode < 500 ? 'bad_request' : 'internal_error')
  );
}

function toDetail(
  context: string,
  issue: { instancePath: string; message?: string | undefined },
): ProblemDetail {
  const path = issue.instancePath.split('/').filter(Boolean);
  return { path: [context, ...path].join('.'), message: issue.message ?? 'is not valid' };
}
