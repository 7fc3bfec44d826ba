/** The unique constraints of the schema, by what they guarantee. */
export const uniqueConstraints = {
  userEmail: 'users_email_key',
  authTokenHash: 'auth_tokens_token_hash_key',
  questionContentHash: 'questions_content_hash_key',
  activeTestSessionOfUser: 'test_sessions_one_active_per_user',
  responseToQuestion: 'responses_session_id_question_id_key',
  responsePosition: 'responses_session_id_position_key',
  resultOfTestSession: 'results_session_id_key',
  generationRunId: 'generation_runs_run_id_key',
  pipelineRunId: 'pipeline_runs_run_id_key',
} as const;
export type UniqueConstraint = (typeof uniqueConstraints)[keyof typeof uniqueConstraints];

/**
 * Tells whether an error says that a row with these values exists already: Prisma's P2002, or
 * Postgres's 23505 from a raw query.
 *
 * @param constraint Only this one. Absent = any.
 */
export function isUniqueViolation(error: unknown, constraint?: UniqueConstraint): boolean {
  const violated = violatedConstraint(error);
  if (violated === undefined) return false;
  return constraint === undefined || violated === constraint;
}

interface Violation {
  code?: unknown;
  constraint?: unknown;
  /** The driver's error, as Prisma's adapters hand it on. */
  meta?: { driverAdapterError?: { cause?: unknown } };
  kind?: unknown;
  cause?: unknown;
}

/** The violated constraint's name; empty where the error does not tell it; undefined for other errors. */
function violatedConstraint(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, constraint, meta, kind, cause } = error as Violation;
  if (code === 'P2002' || code === 'P2010')
    return violatedConstraint(meta?.driverAdapterError?.cause);
  if (code === '23505') return typeof constraint === 'string' ? constraint : '';
  if (kind === 'UniqueConstraintViolation') {
    return (constraint as { index?: string } | undefined)?.index ?? '';
  }
  // DriverAdapterError, thrown by raw queries and inside transactions, wraps the same cause.
  return (error as Error).name === 'DriverAdapterError' ? violatedConstraint(cause) : undefined;
}
