import { z } from 'zod';
import { type FieldProblem, Problem } from '../http/problem.ts';
import { traceIdParameter } from './contract/parameters.ts';

const text = z.string().min(1).max(1_000);

export const traceParameters = z.strictObject({ id: traceIdParameter });
export const idParameters = z.strictObject({ id: text });
export const nameParameters = z.strictObject({ name: text });

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
