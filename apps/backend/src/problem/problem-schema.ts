import { z } from 'zod';
import { problemCodeNames } from './problem-codes.ts';

/** The body of every error: RFC 9457, with a stable code and the ids to find the request by. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(problemCodeNames),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    instance: z.string(),
    traceId: z.string().nullable(),
    requestId: z.string(),
  })
  .catchall(z.string())
  .meta({ id: 'Problem' });

type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 503;

const descriptions: Readonly<Record<ProblemStatus, string>> = {
  400: 'The request is not valid',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  409: 'In conflict with the state of the resource',
  413: 'Body too large',
  415: 'Content type not supported',
  429: 'Too many requests',
  500: 'Unexpected error',
  503: 'Not available at the moment',
};

/** What a route's schema says of its errors; 500 is there always. */
export function problemResponses<const Status extends ProblemStatus>(...statuses: Status[]) {
  return Object.fromEntries(
    [...statuses, 500 as const].map((status) => [
      status,
      {
        description: descriptions[status],
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  ) as Record<Status | 500, ProblemResponse>;
}

interface ProblemResponse {
  readonly description: string;
  readonly content: {
    readonly 'application/problem+json': { readonly schema: typeof problemSchema };
  };
}
