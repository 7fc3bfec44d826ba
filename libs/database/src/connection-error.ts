import { addressOf, databaseNameOf, parseDatabaseUrl } from './connection-url.ts';
import { DatabaseError } from './database-error.ts';

/** Of Node and Postgres, and Prisma's own names. */
const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT', // a Unix socket that is not there
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  '53300', // too many connections
  '57P01', // shutting down by its administrator
  '57P02',
  '57P03', // starting up
  'P1001',
  'P1002',
  'P1017', // closed by the server
  'P2024', // no connection came free in time
  'P2037', // too many connections
]);
const authenticationCodes = new Set(['28P01', '28000', 'P1000', 'P1010']);
const notFoundCodes = new Set(['3D000', 'P1003']);

/**
 * Turns what node-postgres or Prisma threw while connecting into a {@link DatabaseError}, and passes
 * everything else through unchanged.
 */
export function toConnectionError(error: unknown, url: string): unknown {
  if (error instanceof DatabaseError) return error;
  const { code, message } = rootOf(error);
  const options = { cause: error };
  if (authenticationCodes.has(code)) {
    const user = decodeURIComponent(parseDatabaseUrl(url).username);
    return new DatabaseError(
      'database_authentication_failed',
      `Postgres at ${addressOf(url)} refused the user "${user}": check the user and the password in DATABASE_URL`,
      options,
    );
  }
  if (notFoundCodes.has(code)) {
    return new DatabaseError(
      'database_not_found',
      `Postgres at ${addressOf(url)} has no database "${databaseNameOf(url)}": migrate first, which creates it`,
      options,
    );
  }
  if (unreachableCodes.has(code) || /timeout|terminated/i.test(message)) {
    return new DatabaseError(
      'database_unreachable',
      `Postgres at ${addressOf(url)} cannot be reached (${code || message}): check DATABASE_URL, and that the server runs`,
      options,
    );
  }
  return error;
}

/** The code and message at the root: node-postgres and Prisma wrap what the socket or the server said. */
function rootOf(error: unknown): { code: string; message: string } {
  const { code, message, originalCode, cause } = (error ?? {}) as Record<string, unknown>;
  if (typeof originalCode === 'string') return { code: originalCode, message: String(message) };
  if (typeof code === 'string') return { code, message: String(message) };
  if (cause !== undefined && cause !== null) return rootOf(cause);
  return { code: '', message: String(message ?? '') };
}
