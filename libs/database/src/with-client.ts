import pg from 'pg';
import { toConnectionError } from './connection-error.ts';
import { maintenanceConnectTimeoutMs, splitSchema } from './connection-url.ts';

/**
 * Runs `use` on a connection of its own, and closes it. For maintenance, not for serving requests.
 *
 * @throws {DatabaseError} database_unreachable, database_authentication_failed, database_not_found
 */
export async function withClient<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
  connectTimeoutMs = maintenanceConnectTimeoutMs,
): Promise<T> {
  const client = new pg.Client({
    connectionString: splitSchema(url).connectionString,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'aiq-maintenance',
  });
  client.on('error', () => {}); // a connection that breaks also rejects the query that waits on it
  try {
    await client.connect();
  } catch (error) {
    throw toConnectionError(error, url);
  }
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => {}); // broken already: there is nothing left to close
  }
}
