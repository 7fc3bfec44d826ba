import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { toConnectionError } from './connection-error.ts';
import { addressOf, databaseNameOf, splitSchema } from './connection-url.ts';
import { DatabaseError } from './database-error.ts';
import { PrismaClient } from './generated/prisma/client.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** What the server's own views and logs call this program. */
  readonly applicationName: string;
  /** Connections held at most. @default 10 */
  readonly poolMax?: number | undefined;
  /** Time after which the server ends a statement, in milliseconds. @default 15_000 */
  readonly statementTimeoutMs?: number | undefined;
  /** Time to wait for a free or a new connection, in milliseconds. @default 5_000 */
  readonly connectionTimeoutMs?: number | undefined;
  /** Time after which an unused connection is closed, in milliseconds. @default 30_000 */
  readonly idleTimeoutMs?: number | undefined;
  /** Time in which {@link Database.ping} must be answered, in milliseconds. @default 2_000 */
  readonly pingTimeoutMs?: number | undefined;
  /** Told of a connection that broke while nobody used it. The pool replaces it. */
  readonly onConnectionLost?: ((error: Error) => void) | undefined;
}

export interface Database {
  readonly prisma: PrismaClient;
  /**
   * Asks the server for an answer, through the pool that requests use.
   *
   * @throws {DatabaseError} database_unreachable, database_authentication_failed, database_not_found
   */
  ping(): Promise<void>;
  /** Closes the connections once their queries are done. Can be called twice. */
  close(): Promise<void>;
}

/**
 * Gives a Prisma client over a bounded node-postgres pool. Connects at the first query, not before.
 *
 * @throws {DatabaseError} database_url_invalid
 */
export function createDatabase(options: DatabaseOptions): Database {
  const { url, pingTimeoutMs = 2_000 } = options;
  const { connectionString, schema } = splitSchema(url);
  const pool = new pg.Pool({ connectionString, ...nameOf(url), ...poolOptions(options) });
  // Without a listener, a connection that breaks while idle would end the process.
  pool.on('error', (error) => options.onConnectionLost?.(error));
  const adapter = new PrismaPg(pool, { disposeExternalPool: true, ...(schema ? { schema } : {}) });
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal' });

  let closed: Promise<void> | undefined;
  return {
    prisma,
    ping: () => ping(pool, url, pingTimeoutMs),
    close: () => {
      // Prisma disposes of a pool only after its first query.
      closed ??= prisma.$disconnect().then(() => (pool.ended ? undefined : pool.end()));
      return closed;
    },
  };
}

/** What the pool's metrics are named by: of a connection string they know nothing. */
function nameOf(url: string): Pick<pg.PoolConfig, 'host' | 'port' | 'database'> {
  const [host = '', port] = addressOf(url).split(/:(?=\d+$)/);
  return { host, port: Number(port), database: databaseNameOf(url) };
}

function poolOptions(options: DatabaseOptions): pg.PoolConfig {
  const { statementTimeoutMs = 15_000 } = options;
  return {
    application_name: options.applicationName,
    max: options.poolMax ?? 10,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 5_000,
    idleTimeoutMillis: options.idleTimeoutMs ?? 30_000,
    statement_timeout: statementTimeoutMs,
    // Later than the server's own limit: for a server that no longer answers at all.
    query_timeout: statementTimeoutMs + 2_000,
    idle_in_transaction_session_timeout: statementTimeoutMs * 2,
    keepAlive: true,
  };
}

async function ping(pool: pg.Pool, url: string, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `Postgres at ${addressOf(url)} did not answer within ${timeoutMs} ms`;
      reject(new DatabaseError('database_unreachable', message));
    }, timeoutMs);
  });
  try {
    await Promise.race([pool.query('SELECT 1'), timeout]);
  } catch (error) {
    throw toConnectionError(error, url);
  } finally {
    clearTimeout(timer);
  }
}
