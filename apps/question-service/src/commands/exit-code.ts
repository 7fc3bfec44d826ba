import { ConfigError } from '@aiq/config';
import { DatabaseError } from '@aiq/database';
import { CommanderError } from 'commander';
import type { RunSummary } from '../pipeline/run-summary.ts';
import { isDatabaseFault } from '../storage/insert-failure.ts';

/** What the CLI's exit codes mean. A signal adds 128 to its number. */
export const exitCodes = {
  ok: 0,
  partial: 1,
  failed: 2,
  configuration: 3,
  database: 4,
  billing: 5,
  authentication: 6,
} as const;

/** Something the caller of a command got wrong; the message says what was expected and what came. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'usage';
}

/** The exit code of a run that ended by itself. A failed run tells its most telling cause. */
export function exitCodeOf(summary: RunSummary): number {
  if (summary.state === 'succeeded') return exitCodes.ok;
  if (summary.state === 'partial') return exitCodes.partial;
  const { byCategory } = summary.errors;
  if (byCategory['billing_quota']) return exitCodes.billing;
  if (byCategory['authentication']) return exitCodes.authentication;
  if (byCategory['database']) return exitCodes.database;
  return exitCodes.failed;
}

/** Whether a service could not listen because somebody else does. */
export function isPortTaken(
  error: unknown,
): error is Error & { readonly address: string; readonly port: number } {
  return error instanceof Error && (error as { code?: unknown }).code === 'EADDRINUSE';
}

/** The exit code of what a command threw. */
export function exitCodeOfError(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.configuration;
  }
  if (error instanceof UsageError || error instanceof ConfigError || isPortTaken(error)) {
    return exitCodes.configuration;
  }
  if (error instanceof DatabaseError) {
    const isSetting = error.code === 'database_url_invalid';
    return isSetting ? exitCodes.configuration : exitCodes.database;
  }
  return isDatabaseFault(error) ? exitCodes.database : exitCodes.failed;
}
