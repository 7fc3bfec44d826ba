const unavailableCodes = new Set([
  // node
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  // Postgres: too many connections, a transaction that idled or lasted too long, statement timeout, shut down,
  // crashed, starting up, idle session ended
  '53300',
  '25P03',
  '25P04',
  '57014',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  // two transactions in each other's way: one was ended, and may be tried again
  '40001',
  '40P01',
  'P2034',
  'TransactionWriteConflict',
  // Postgres: connection exceptions
  '08000',
  '08001',
  '08003',
  '08006',
  // Prisma: unreachable, timed out, closed, no connection to be had, no transaction to be had
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
  'database_unreachable',
  // kinds of Prisma's driver adapters
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);

const unavailableMessages =
  /connection terminated|query read timeout|timeout exceeded when trying to connect|client has encountered a connection error|server closed the connection|connection ended unexpectedly/i;

/** Tells whether an error says that the database could not be had, as against refused what it was asked. */
export function isDatabaseUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const { code, originalCode, kind, message, cause, meta, errors } = error as {
    code?: unknown;
    originalCode?: unknown;
    kind?: unknown;
    message?: unknown;
    cause?: unknown;
    meta?: { driverAdapterError?: unknown };
    errors?: unknown;
  };
  if ([code, originalCode, kind].some(isUnavailableCode)) return true;
  if (typeof message === 'string' && unavailableMessages.test(message)) return true;
  const inner = [cause, meta?.driverAdapterError, ...(Array.isArray(errors) ? errors : [])];
  return inner.some((nested) => isDatabaseUnavailable(nested, depth + 1));
}

function isUnavailableCode(code: unknown): boolean {
  return typeof code === 'string' && unavailableCodes.has(code);
}
