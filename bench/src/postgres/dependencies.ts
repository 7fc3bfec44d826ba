import { createDatabase } from '@aiq/database';
import { createServerRepository } from './server-repository.ts';

/** The version of the Postgres behind a URL. */
export async function readPostgresVersion(url: string): Promise<string> {
  const database = createDatabase({ url, applicationName: 'aiq-bench' });
  try {
    return await createServerRepository(database).readVersion();
  } finally {
    await database.close();
  }
}
