import { DatabaseError } from './database-error.ts';

/** How long a connection made for maintenance (migrate, provision, ping) may take, in milliseconds. */
export const maintenanceConnectTimeoutMs = 5_000;

/**
 * Parses a Postgres connection URL.
 *
 * @throws {DatabaseError} database_url_invalid when it is not `postgres://` or `postgresql://`, or
 * names no database. The message never repeats the URL: it may hold a password.
 */
export function parseDatabaseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new DatabaseError(
      'database_url_invalid',
      'expected postgresql://user:password@host:port/database as the database URL; what came is not one',
    );
  }
  if (parsed.pathname.length < 2) {
    throw new DatabaseError(
      'database_url_invalid',
      `expected a database name at the end of the database URL for ${parsed.host}; none came`,
    );
  }
  return parsed;
}

/** Host and port of a connection URL, for messages. */
export function addressOf(url: string): string {
  const parsed = parseDatabaseUrl(url);
  const host = parsed.hostname || parsed.searchParams.get('host') || 'localhost';
  return `${host}:${parsed.port || '5432'}`;
}

export function databaseNameOf(url: string): string {
  return decodeURIComponent(parseDatabaseUrl(url).pathname.slice(1));
}

export function withDatabase(url: string, name: string): string {
  const changed = parseDatabaseUrl(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

export function withCredentials(url: string, user: string, password: string): string {
  const changed = parseDatabaseUrl(url);
  changed.username = encodeURIComponent(user);
  changed.password = encodeURIComponent(password);
  return changed.href;
}

/** Separates Prisma's own `?schema=` from what Postgres understands. */
export function splitSchema(url: string): { connectionString: string; schema?: string } {
  const parsed = parseDatabaseUrl(url);
  const schema = parsed.searchParams.get('schema');
  parsed.searchParams.delete('schema');
  return { connectionString: parsed.href, ...(schema ? { schema } : {}) };
}
