import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@aiq/database/embedded';

/** Starts a Postgres on an empty directory, which `stop` removes. It is not made to outlive a crash. */
export async function startThrowawayPostgres() {
  const directory = mkdtempSync(join(tmpdir(), 'aiq-bench-postgres-'));
  const server = await startPostgres({ dataDirectory: join(directory, 'data'), durable: false });
  return {
    url: (database: string) => server.url(database),
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
