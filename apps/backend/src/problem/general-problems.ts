import type { FastifySchema, RouteOptions } from 'fastify';
import type { ProblemCode } from './problem-codes.ts';

/** What of a route tells which errors it can give before its handler runs. */
export interface RouteShape {
  readonly method: RouteOptions['method'];
  readonly url: string;
  readonly schema: FastifySchema;
}

/** Codes that every route of a kind can give. */
export interface GeneralProblems {
  readonly codes: readonly ProblemCode[];
  /** In words, after "every route": empty for all. */
  readonly which: string;
  readonly applies: (route: RouteShape) => boolean;
}

const bodyMethods = ['POST', 'PUT', 'PATCH', 'DELETE'];

export const generalProblems: readonly GeneralProblems[] = [
  { codes: ['internal_error', 'service_unavailable'], which: '', applies: () => true },
  {
    codes: ['malformed_body', 'body_too_large', 'unsupported_media_type'],
    which: 'that may be sent a body: POST, PUT, PATCH and DELETE',
    applies: ({ method }) => [method].flat().some((name) => bodyMethods.includes(name)),
  },
  {
    codes: ['validation_failed'],
    which: 'that takes parameters or a body',
    applies: ({ schema }) => [schema.body, schema.params, schema.querystring].some(Boolean),
  },
  {
    codes: ['bad_request', 'uri_too_long'],
    which: 'with parameters in its path',
    applies: ({ url }) => url.includes(':') || url.includes('{'),
  },
  {
    codes: ['unauthorized'],
    which: 'that asks for a bearer token',
    applies: ({ schema }) => (schema.security ?? []).length > 0,
  },
  {
    codes: ['route_not_found'],
    which: 'for operators, where no admin key is configured',
    applies: ({ schema }) => (schema.security ?? []).some((scheme) => 'adminToken' in scheme),
  },
];

/** Gives the codes that a route of this shape can give whatever its handler does. */
export function generalProblemCodes(route: RouteShape): ProblemCode[] {
  return generalProblems.filter(({ applies }) => applies(route)).flatMap(({ codes }) => codes);
}
