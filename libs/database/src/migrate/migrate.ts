import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toConnectionError } from '../connection-error.ts';
import { addressOf, databaseNameOf } from '../connection-url.ts';
import { DatabaseError } from '../database-error.ts';
import { ensureDatabase } from '../ensure-database.ts';
import { createSchemaEngine } from '../schema-engine/create-schema-engine.ts';

const ownMigrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/**
 * Creates the database where it is missing, applies the migrations that it lacks, and gives their names.
 *
 * The same engine and the same `_prisma_migrations` table as `prisma migrate deploy`, without the CLI
 * (about 0.1 s). The engine takes an advisory lock: of two processes one waits, up to 10 s.
 *
 * @throws {DatabaseError} database_unreachable, database_authentication_failed,
 * database_migration_failed (the message names the migration)
 */
export async function migrate(adminUrl: string): Promise<string[]> {
  return applyMigrations(adminUrl, ownMigrations);
}

/** @internal */
export async function applyMigrations(adminUrl: string, directory: string): Promise<string[]> {
  await ensureDatabase(adminUrl);
  const { engine, close } = await createSchemaEngine({ url: adminUrl });
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: directory,
        lockfile: textOf(directory, 'migration_lock.toml'),
        migrationDirectories: migrationNames(directory).map((path) => {
          const { path: file, content } = textOf(join(directory, path), 'migration.sql');
          return { path, migrationFile: { path: file, content: { tag: 'ok', value: content } } };
        }),
        shadowDbInitScript: '',
      },
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (error) {
    throw toMigrationError(error, adminUrl);
  } finally {
    await close();
  }
}

/** @internal */
export function migrationNames(directory: string = ownMigrations): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function textOf(directory: string, path: string): { path: string; content: string } {
  return { path, content: readFileSync(join(directory, path), 'utf8') };
}

function toMigrationError(cause: unknown, url: string): unknown {
  const known = toConnectionError(cause, url);
  if (known instanceof DatabaseError) return known;
  const { message } = cause as Error;
  const where = `"${databaseNameOf(url)}" at ${addressOf(url)}`;
  // In the engine's own words: the failure of now, or that of an earlier run (P3009).
  const name = message.match(/migration_name="([^"]+)"|The `([^`]+)` migration/);
  const [failed = name?.[2]] = name?.slice(1) ?? [];
  const reason = message.replace(/\n {3}0: .*/s, '').trim();
  const text = failed
    ? `the migration ${failed} failed on ${where}. ${reason}\nRepair it, then: pnpm --filter @aiq/database prisma migrate resolve --rolled-back ${failed}`
    : `${where} could not be migrated: ${reason}`;
  return new DatabaseError('database_migration_failed', text, { cause });
}
