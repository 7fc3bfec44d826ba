import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type Database } from '@aiq/database';
import { type EmbeddedPostgres, startPostgres } from '@aiq/database/embedded';
import { migrate, provisionRoles, roleUrl } from '@aiq/database/migrate';
import { eventually } from '@aiq/testing';
import pg from 'pg';

/** A server of a test's own, which it may stop, freeze and start again: on the same port, with its data. */
export interface StoppablePostgres extends AsyncDisposable {
  /** For the backend, as its role. */
  readonly url: string;
  readonly port: number;
  /** As the administrator; its pool makes new connections after an outage. */
  readonly admin: Database;
  /** Ends the server: `fast` ends sessions first, `immediate` is a crash that is recovered from. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Stops every process of the server without ending one: connections stay open, nothing is answered. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Rows that the administrator's own connection is asked for. */
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
}

const stopSignals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

export async function startStoppablePostgres(): Promise<StoppablePostgres> {
  const parent = mkdtempSync(join(tmpdir(), 'aiq-robustness-'));
  chmodSync(parent, 0o755);
  const dataDirectory = join(parent, 'data');
  const pidFile = join(dataDirectory, 'postmaster.pid');
  let server: EmbeddedPostgres = await startPostgres({ dataDirectory });
  const { port } = server;
  const adminUrl = server.url('aiq');
  await migrate(adminUrl);
  await provisionRoles(adminUrl);
  const admin = createDatabase({ url: adminUrl, applicationName: 'robustness', poolMax: 2 });
  let frozen: number[] = [];

  const query = async <Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: adminUrl });
    client.on('error', () => {}); // the query that waits rejects as well
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const thaw = (): void => {
    for (const pid of frozen) signal(pid, 'SIGCONT');
    frozen = [];
  };

  return {
    url: roleUrl(adminUrl, 'backend'),
    port,
    admin,
    query,
    async stop(mode) {
      signal(postmasterOf(pidFile), stopSignals[mode]);
      // Its last act is to delete its pid file.
      await eventually(() => !existsSync(pidFile), { timeoutMs: 20_000, message: 'postgres ends' });
    },
    async start() {
      server = await startPostgres({ dataDirectory, port });
      if (server.port !== port) throw new Error(`expected port ${port} again, got ${server.port}`);
    },
    async freeze() {
      const rows = await query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
      );
      // The postmaster first: what it would start meanwhile would not be stopped.
      frozen = [postmasterOf(pidFile), ...rows.map(({ pid }) => pid)];
      for (const pid of frozen) signal(pid, 'SIGSTOP');
    },
    thaw,
    async [Symbol.asyncDispose]() {
      thaw();
      await admin.close();
      await server.stop();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

function postmasterOf(pidFile: string): number {
  return Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}
