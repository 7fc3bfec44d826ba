import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locateCluster } from '../embedded/cluster.ts';
import { findServerProcess, isAlive, stopServerProcess } from '../embedded/running-server.ts';
import { serverAccount } from '../embedded/server-account.ts';
import { startPostgres } from '../embedded/start-postgres.ts';

const prefix = 'aiq-test-postgres-';

/** A Postgres that is gone after {@link stop}, with all it holds. */
export interface TestServer {
  url(database: string): string;
  stop(): Promise<void>;
}

/** Starts a temporary server that syncs nothing to disk; first clears those of runs that were killed. */
export async function startTestServer(): Promise<TestServer> {
  await removeAbandoned();
  const parent = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(parent, 0o755);
  const remove = () => rmSync(parent, { recursive: true, force: true });
  try {
    const server = await startPostgres({ dataDirectory: join(parent, 'data'), durable: false });
    return {
      url: server.url,
      stop: async () => {
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Ends and deletes the servers whose test run was killed before it could. */
async function removeAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(name.match(`^${prefix}(\\d+)-`)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const parent = join(tmpdir(), name);
    const cluster = locateCluster(join(parent, 'data'), serverAccount());
    const server = findServerProcess(cluster);
    if (server) await stopServerProcess(cluster, server.pid);
    cluster.remove();
    rmSync(parent, { recursive: true, force: true });
  }
}
