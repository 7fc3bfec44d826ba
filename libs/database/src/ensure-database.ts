import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { toConnectionError } from './connection-error.ts';
import { databaseNameOf, withDatabase } from './connection-url.ts';
import { withClient } from './with-client.ts';

/**
 * Creates the database that `url` names where it does not exist, and gives its name.
 *
 * Two processes may call it at once.
 *
 * @throws {DatabaseError} database_unreachable, database_authentication_failed
 */
export async function ensureDatabase(url: string): Promise<string> {
  const name = databaseNameOf(url);
  if (await exists(url)) return name;
  const create = `CREATE DATABASE ${pg.escapeIdentifier(name)}`;
  for (let attempt = 1; ; attempt++) {
    try {
      await withClient(withDatabase(url, 'postgres'), (client) => client.query(create));
      return name;
    } catch (error) {
      const { code } = error as { code?: string };
      // Another process was faster: 23505 is the race that 42P04 does not see.
      if (code === '42P04' || code === '23505') return name;
      // The template is in use, by a creation that runs at the same moment.
      if (code !== '55006' || attempt === 20) throw error;
      await sleep(50);
    }
  }
}

async function exists(url: string): Promise<boolean> {
  try {
    await withClient(url, async () => {});
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'database_not_found') return false;
    throw toConnectionError(error, url);
  }
}
