import type { InsertFailure } from '../telemetry/labels.ts';
import { LeaseLostError } from './questions-repository.ts';

const connectionCodes =
  /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|08|57P0|53300)|^P(1001|1002|1017|2024)$/;
const timeoutCodes = /^(57014|P2028|P1008)$/;
const constraintCodes = /^(23|22|P2002|P2003|P2004|P2000|P2011)/;

/** Why a batch could not be stored, from the innermost code of what the database threw. */
export function insertFailureOf(error: unknown): InsertFailure {
  if (error instanceof LeaseLostError) return 'lease_lost';
  const codes = codesOf(error);
  if (codes.some((code) => timeoutCodes.test(code))) return 'timeout';
  if (codes.some((code) => constraintCodes.test(code))) return 'constraint';
  const isUnreachable = codes.some(
    (code) => code === 'database_unreachable' || connectionCodes.test(code),
  );
  if (isUnreachable || /connection (terminated|closed)|server has closed/i.test(String(error))) {
    return 'connection';
  }
  return 'unknown';
}

/** The codes of an error and of what it wraps, outermost first. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, originalCode, cause, meta } = error as {
    code?: unknown;
    originalCode?: unknown;
    cause?: unknown;
    meta?: { driverAdapterError?: unknown };
  };
  const own = [code, originalCode].filter((value) => typeof value === 'string');
  return [...own, ...codesOf(cause, depth + 1), ...codesOf(meta?.driverAdapterError, depth + 1)];
}

/** Whether an error came from the database at all. */
export function isDatabaseFault(error: unknown): boolean {
  const isPrisma = error instanceof Error && error.name.startsWith('PrismaClient');
  return isPrisma || ['connection', 'timeout'].includes(insertFailureOf(error));
}
