import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { type DatabaseRole, migrate, provisionRoles, roleUrl } from '../migrate/index.ts';
import { startPostgres } from './start-postgres.ts';

export interface LocalDatabaseOptions {
  /** Told what is done, a line each. */
  readonly log?: (line: string) => void;
  /** Preferred port. @default 15_432 */
  readonly port?: number | undefined;
  /** @default <root>/.data/postgres */
  readonly dataDirectory?: string | undefined;
}

export interface LocalDatabase {
  readonly adminUrl: string;
  readonly port: number;
  /** False where a server that already ran is shared. */
  readonly startedHere: boolean;
  urlFor(role: DatabaseRole): string;
  /** Ends the server, unless the process that started it still lives: then it is only left. */
  stop(): Promise<void>;
}

/**
 * Opens the database of this checkout: starts its embedded Postgres, or shares the one that runs,
 * creates and migrates the database `aiq`, and provisions the services' roles.
 *
 * @throws {DatabaseError} embedded_postgres_unavailable, embedded_postgres_failed,
 * database_migration_failed
 */
export async function openLocalDatabase(
  options: LocalDatabaseOptions = {},
): Promise<LocalDatabase> {
  const { log = () => {}, port: preferred = 15_432 } = options;
  const dataDirectory = options.dataDirectory ?? join(repositoryRoot, '.data', 'postgres');
  const server = await startPostgres({ dataDirectory, port: preferred });
  const { port, startedHere, stop } = server;
  log(`Postgres ${startedHere ? 'started' : 'was running: shared'} at 127.0.0.1:${port}`);
  if (startedHere && preferred && port !== preferred)
    log(`Port ${preferred} is taken: Postgres has ${port}`);
  try {
    const adminUrl = server.url('aiq');
    for (const name of await migrate(adminUrl)) log(`Migration ${name} applied`);
    await provisionRoles(adminUrl);
    return { adminUrl, port, startedHere, stop, urlFor: (role) => roleUrl(adminUrl, role) };
  } catch (error) {
    await stop();
    throw error;
  }
}
