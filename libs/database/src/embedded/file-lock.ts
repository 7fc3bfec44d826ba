import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../database-error.ts';

/**
 * Runs `work` while no other process runs it on the same lock file.
 *
 * The lock is SQLite's on an empty database: the kernel releases it when its holder dies, however it
 * dies, so that there is no stale lock to detect.
 *
 * @throws {DatabaseError} embedded_postgres_failed when another process holds it longer than `waitMs`.
 */
export async function withFileLock<T>(
  path: string,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    const deadline = Date.now() + waitMs;
    while (!isTaken(file)) {
      if (Date.now() > deadline) {
        throw new DatabaseError(
          'embedded_postgres_failed',
          `another process has been starting or stopping the embedded Postgres for ${waitMs / 1000} s (it holds ${path})`,
        );
      }
      await sleep(50);
    }
    return await work();
  } finally {
    file.close();
  }
}

function isTaken(file: DatabaseSync): boolean {
  try {
    file.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    const busy = 5;
    if ((error as { errcode?: number }).errcode === busy) return false;
    throw error;
  }
}
