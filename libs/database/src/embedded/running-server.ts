import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../with-client.ts';
import type { Cluster } from './cluster.ts';

/** What `postmaster.pid` says of the server over a cluster. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
}

export type ServerState = 'ours' | 'busy' | 'absent';

export function findServerProcess({ directory }: Cluster): ServerProcess | undefined {
  const file = join(directory, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 ? { pid, port } : undefined;
}

/**
 * Asks the server on `port` which data directory it serves: a stranger's server must never get our
 * tables. `busy` is one that is starting up, recovering or shutting down.
 */
export async function probeServer(
  { directory }: Cluster,
  port: number,
  password: string,
): Promise<ServerState> {
  try {
    return await withClient(
      serverUrl(port, password, 'postgres'),
      async (client) => {
        const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
        return rows[0]?.data_directory === directory ? 'ours' : 'absent';
      },
      2_000,
    );
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return cause?.code === '57P03' ? 'busy' : 'absent';
  }
}

export function serverUrl(port: number, password: string, database: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Ends a server: fast shutdown, after 10 s an immediate one, after 5 more SIGKILL. */
export async function stopServerProcess(cluster: Cluster, pid: number): Promise<void> {
  const steps = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const;
  // Its last act is to delete its pid file; the process may stay, dead, where nobody collects orphans.
  const runs = () => isAlive(pid) && findServerProcess(cluster)?.pid === pid;
  for (const [signal, waitMs] of steps) {
    if (!runs()) return;
    process.kill(pid, signal);
    const deadline = Date.now() + waitMs;
    while (runs() && Date.now() < deadline) await sleep(10);
  }
}
