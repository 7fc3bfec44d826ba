import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { withClient } from '../with-client.ts';
import { type DatabaseRole, databaseRoles } from './database-role.ts';
import { rolePassword } from './role-url.ts';

/**
 * Lets the services' roles log in, with the passwords that {@link roleUrl} derives. The migrations
 * create the roles; what they may do is the migrations' too.
 *
 * Idempotent, and safe to run from several processes at once: roles belong to the whole server.
 *
 * @throws {DatabaseError} database_unreachable, database_authentication_failed, database_not_found
 */
export async function provisionRoles(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const role of Object.keys(databaseRoles) as DatabaseRole[]) {
      const password = rolePassword(adminUrl, role);
      const secret = password === '' ? 'NULL' : pg.escapeLiteral(password);
      await alterRole(client, `ALTER ROLE ${databaseRoles[role]} WITH LOGIN PASSWORD ${secret}`);
    }
  });
}

async function alterRole(client: pg.Client, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(statement);
      return;
    } catch (error) {
      // Catalog rows have no queue: two that change one role at once get "tuple concurrently updated".
      if ((error as { code?: string }).code !== 'XX000' || attempt === 20) throw error;
      await sleep(10 * attempt);
    }
  }
}
