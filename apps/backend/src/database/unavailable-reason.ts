import { isDatabaseUnavailable } from './database-unavailable.ts';

/** Why the database could not be had, as an engineer has to tell them apart. */
export const unavailableReasons = [
  /** No connection of the pool came free in time: too many requests, or each too slow. */
  'pool_exhausted',
  /** The server ended the statement: a lock, a missing index. */
  'statement_timeout',
  /** The server took the statement and never answered. */
  'no_answer',
  /** Nobody listens, or no connection could be made in time. */
  'unreachable',
  /** The server refuses more connections. */
  'too_many_connections',
  /** It is starting up or shutting down. */
  'restarting',
  /** Two transactions were in each other's way. */
  'conflict',
  /** A connection broke in the middle. */
  'connection_lost',
] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

const reasonsByCode: Readonly<Record<string, UnavailableReason>> = {
  '57014': 'statement_timeout',
  '57P01': 'restarting',
  '57P02': 'restarting',
  '57P03': 'restarting',
  '53300': 'too_many_connections',
  P2037: 'too_many_connections',
  TooManyConnections: 'too_many_connections',
  '40001': 'conflict',
  '40P01': 'conflict',
  P2034: 'conflict',
  TransactionWriteConflict: 'conflict',
  P2024: 'pool_exhausted',
  P2028: 'pool_exhausted',
  ECONNREFUSED: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOTFOUND: 'unreachable',
  ENOENT: 'unreachable',
  ETIMEDOUT: 'unreachable',
  P1001: 'unreachable',
  P1002: 'unreachable',
  DatabaseNotReachable: 'unreachable',
};

const reasonsByMessage: readonly (readonly [RegExp, UnavailableReason])[] = [
  [/timeout exceeded when trying to connect/i, 'pool_exhausted'],
  [/due to connection timeout/i, 'unreachable'],
  [/query read timeout/i, 'no_answer'],
];

/** Undefined for an error that says nothing of that kind. The innermost cause is the most telling. */
export function findUnavailableReason(error: unknown): UnavailableReason | undefined {
  if (!isDatabaseUnavailable(error)) return undefined;
  return search(error, 0) ?? 'connection_lost';
}

function search(error: unknown, depth: number): UnavailableReason | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  const { code, originalCode, kind, message, cause, meta, errors } = error as {
    [field: string]: unknown;
    meta?: { driverAdapterError?: unknown };
  };
  const inner = [cause, meta?.driverAdapterError, ...(Array.isArray(errors) ? errors : [])];
  for (const nested of inner) {
    const found = search(nested, depth + 1);
    if (found !== undefined) return found;
  }
  for (const text of [originalCode, code, kind]) {
    const found = typeof text === 'string' ? reasonsByCode[text] : undefined;
    if (found !== undefined) return found;
  }
  if (typeof message !== 'string') return undefined;
  return reasonsByMessage.find(([pattern]) => pattern.test(message))?.[1];
}
