import { createDatabase } from '@aiq/database';
import { migrate } from '@aiq/database/migrate';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { onTestFinished } from 'vitest';
import { createBankRepository } from '../../src/deduplication/bank-repository.ts';
import type { TestBank } from './bank.ts';

/**
 * An empty bank in a Postgres that has pgvector, closed when the test ends: the real extension on a real
 * Postgres, built for WebAssembly. It serves one connection at a time, which is enough here.
 */
export async function openVectorBank(): Promise<TestBank> {
  const postgres = await PGlite.create({ extensions: { vector } });
  const server = new PGLiteSocketServer({
    db: postgres,
    host: '127.0.0.1',
    port: 0,
    maxConnections: 4,
  });
  await server.start();
  const url = `postgresql://postgres@${server.getServerConn()}/postgres`;
  await migrate(url);
  const database = createDatabase({
    url,
    applicationName: 'test',
    poolMax: 1,
    connectionTimeoutMs: 60_000,
    statementTimeoutMs: 60_000,
  });
  onTestFinished(async () => {
    await database.close();
    await server.stop();
    await postgres.close();
  });
  return { database, bank: createBankRepository(database) };
}
