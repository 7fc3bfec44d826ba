import { z } from 'zod';
import { type FieldProblem, Problem } from '../http/problem.ts';

const limit = (byDefault: number) => z.coerce.number().int().min(1).max(5_000).default(byDefault);
const traceId = z
  .string()
  .regex(/^[0-9a-f]{32}$/i, 'expected 32 hexadecimal digits')
  .toLowerCase();
const text = z.string().min(1).max(1_000);

export const traceQuery = z.strictObject({
  service: text.optional(),
  name: text.optional(),
  status: z.enum(['ok', 'error']).optional(),
  limit: limit(50),
});

export const errorQuery = z.strictObject({ traceId: traceId.optional(), limit: limit(100) });

export const metricQuery = z.strictObject({ name: text.optional(), service: text.optional() });

export const logQuery = z.strictObject({
  traceId: traceId.optional(),
  service: text.optional(),
  door: z.enum(['otlp', 'sentry']).optional(),
  limit: limit(100),
});

export const traceParameters = z.strictObject({ id: traceId });
export const errorParameters = z.strictObject({ id: text });

/** @throws {Problem} validation_failed with every problem. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new Problem(400, 'validation_failed', {
    detail: 'The request has parameters that are not allowed.',
    errors: result.error.issues.map(toFieldProblem),
  });
}

function toFieldProblem(issue: z.core.$ZodIssue): FieldProblem {
  return { path: issue.path.join('.'), message: issue.message };
}
