import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from '../database-error.ts';
import { isReachable, type ServerAccount } from './server-account.ts';

/**
 * Gives a directory of the binaries that the account can execute: the installed one, or, where that
 * lies in a home closed to others, hard links to it under /var/tmp (made once, about 50 ms).
 */
export function reachableBinaries(installed: string, account: ServerAccount): string {
  if (isReachable(join(installed, 'bin', 'postgres'), account)) return installed;
  const staged = join(stagingDirectory(installed), 'native');
  if (existsSync(staged)) return staged;
  const making = `${staged}.${process.pid}`;
  try {
    linkTree(installed, making);
  } catch {
    // Another file system: copy.
    rmSync(making, { recursive: true, force: true });
    cpSync(installed, making, { recursive: true, verbatimSymlinks: true });
    chmodSync(making, 0o755);
  }
  try {
    renameSync(making, staged);
  } catch {
    rmSync(making, { recursive: true, force: true }); // another process was faster
  }
  return staged;
}

/**
 * A directory under /var/tmp that belongs to `path`, for what the server's account must reach.
 *
 * @throws {DatabaseError} embedded_postgres_failed when someone else made it: its name is predictable.
 */
export function stagingDirectory(path: string): string {
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12);
  const directory = `/var/tmp/aiq-postgres-${hash}`;
  mkdirSync(directory, { recursive: true });
  const stat = lstatSync(directory);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw new DatabaseError(
      'embedded_postgres_failed',
      `${directory} belongs to another user: remove it, or set DATABASE_URL`,
    );
  }
  chmodSync(directory, 0o755);
  return directory;
}

function linkTree(from: string, to: string): void {
  const stat = lstatSync(from);
  if (stat.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else if (stat.isDirectory()) {
    mkdirSync(to, { recursive: true });
    chmodSync(to, 0o755);
    for (const name of readdirSync(from)) linkTree(join(from, name), join(to, name));
  } else linkSync(from, to);
}
