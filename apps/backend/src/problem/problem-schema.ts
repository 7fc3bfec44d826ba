import { z } from 'zod';
import { type ProblemCode, problemCodeNames, problemCodes } from './problem-codes.ts';

/** The body of every error: RFC 9457, with a stable code and the ids to find the request by. */
export const problemSchema = z
  .object({
    /** Where the code is described: stable, and the same for the same code. */
    type: z.url(),
    title: z.string(),
    status: z.int(),
    code: z.enum(problemCodeNames),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** The path that was asked for. */
    instance: z.string(),
    traceId: z.string().nullable(),
    requestId: z.string(),
  })
  .catchall(z.string())
  .meta({ id: 'Problem' });

type ProblemStatus = (typeof problemCodes)[ProblemCode]['status'];

const descriptions: Readonly<Record<ProblemStatus, string>> = {
  400: 'The request is not valid',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'The request did not arrive in time',
  409: 'In conflict with the state of the resource',
  413: 'Body too large',
  414: 'Address too long',
  415: 'Content type not supported',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Unexpected error',
  503: 'Not available at the moment',
};

/** What the document says of a status: its codes, and the schema that allows no other. */
export interface ProblemResponse {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: z.ZodType } };
  readonly codes: readonly ProblemCode[];
}

/**
 * What a route's schema says of its errors: the codes that are its own. Those that any route of its shape can give
 * are added where the document is made (`generalProblems`).
 */
export function problemResponses<const Code extends ProblemCode>(...codes: readonly Code[]) {
  const byStatus = Map.groupBy(new Set<ProblemCode>(codes), (code) => problemCodes[code].status);
  const responses = [...byStatus].map(([status, own]) => [status, toResponse(status, own)]);
  return Object.fromEntries(responses) as Record<
    (typeof problemCodes)[Code]['status'],
    ProblemResponse
  >;
}

function toResponse(status: ProblemStatus, codes: readonly ProblemCode[]): ProblemResponse {
  const schema = z.intersection(problemSchema, z.looseObject({ code: z.enum(codes) }));
  return {
    description: descriptions[status],
    content: { 'application/problem+json': { schema } },
    codes,
  };
}
