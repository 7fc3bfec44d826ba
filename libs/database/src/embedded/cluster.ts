import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseError } from '../database-error.ts';
import { isReachable, type ServerAccount } from './server-account.ts';
import { stagingDirectory } from './staging.ts';

const initTimeoutMs = 60_000;

/** The files of one database cluster: the data directory and what lies beside it. */
export interface Cluster {
  readonly directory: string;
  readonly passwordFile: string;
  readonly lockFile: string;
  readonly ownerFile: string;
  readonly logFile: string;
  /** Deletes all of them. The server must have ended. */
  remove(): void;
}

/** Finds where the cluster of `dataDirectory` lives: there, or where the server's account can reach it. */
export function locateCluster(dataDirectory: string, account: ServerAccount): Cluster {
  mkdirSync(dirname(dataDirectory), { recursive: true });
  const wanted = join(realpathSync(dirname(dataDirectory)), basename(dataDirectory));
  const staged = isReachable(dirname(wanted), account) ? undefined : stagingDirectory(wanted);
  const directory = staged ? join(staged, basename(wanted)) : wanted;
  const files = {
    passwordFile: `${directory}.password`,
    lockFile: `${directory}.lock`,
    ownerFile: `${directory}.owner`,
    logFile: `${directory}.log`,
  };
  return {
    directory,
    ...files,
    remove: () => {
      for (const path of staged ? [staged] : [directory, ...Object.values(files)]) {
        rmSync(path, { recursive: true, force: true });
      }
    },
  };
}

/**
 * Creates the cluster where it does not exist yet (about half a second) and gives its password.
 *
 * `initdb` works in a directory beside it that is renamed when complete: one cut short leaves nothing.
 *
 * @throws {DatabaseError} embedded_postgres_failed
 */
export async function ensureCluster(
  cluster: Cluster,
  binaries: string,
  account: ServerAccount,
): Promise<string> {
  const { directory, passwordFile } = cluster;
  if (existsSync(join(directory, 'PG_VERSION'))) return readPassword(cluster);
  const making = `${directory}.new`;
  for (const path of [directory, making]) rmSync(path, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  writeFileSync(passwordFile, randomBytes(18).toString('hex'), { mode: 0o600 });
  if ('uid' in account) {
    for (const path of [making, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  // The built-in locale is the same on every operating system.
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const authentication = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  const flags = ['-D', making, '-E', 'UTF8', '--no-sync', '--no-instructions'];
  try {
    await promisify(execFile)(
      join(binaries, 'bin', 'initdb'),
      [...flags, ...locale, ...authentication],
      { ...account, cwd: making, timeout: initTimeoutMs },
    );
    renameSync(making, directory);
  } catch (cause) {
    rmSync(making, { recursive: true, force: true });
    const { stderr, message } = cause as { stderr?: string; message: string };
    throw new DatabaseError(
      'embedded_postgres_failed',
      `initdb could not create ${directory}: ${stderr?.trim() || message}`,
      { cause },
    );
  }
  return readFileSync(passwordFile, 'utf8');
}

function readPassword({ directory, passwordFile }: Cluster): string {
  try {
    return readFileSync(passwordFile, 'utf8');
  } catch (cause) {
    throw new DatabaseError(
      'embedded_postgres_failed',
      `${directory} is a database whose password file ${passwordFile} is gone: restore the file, or remove both to begin anew`,
      { cause },
    );
  }
}
