import { lstatSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** A place in the row of commands that may run at once on this machine. */
export interface CommandSlot {
  /** From 0; undefined where none could be had, and the place is shared with whoever has none either. */
  readonly index: number | undefined;
  /** Lets the next command have it. Harmless when called twice; the end of the process does the same. */
  release(): void;
}

export const commandSlotsMax = 8;

/**
 * Takes the first free of a few slots, so that a command writes the series of the commands before it, and no two
 * at once write the same. The operating system lets go of the lock when its holder dies, however it dies.
 * Never throws, never waits, takes about a millisecond.
 *
 * @param key What the commands share: those of another key have slots of their own.
 */
export function takeCommandSlot(
  key: string,
  directory: string = join(tmpdir(), `aiq-command-slots-${process.getuid?.() ?? 'user'}`),
): CommandSlot {
  try {
    makePrivate(directory);
    const name = encodeURIComponent(key).slice(0, 100);
    for (let index = 0; index < commandSlotsMax; index += 1) {
      const lock = tryLock(join(directory, `${name}-${index}.lock`));
      if (lock !== undefined) return { index, release: () => unlock(lock) };
    }
  } catch {
    // A file system that cannot be written: there is no row to stand in.
  }
  return { index: undefined, release() {} };
}

/** Open locks, out of reach of the garbage collector, which would close them. */
const held = new Set<DatabaseSync>();

/** Node has no file locks of its own; SQLite's are the operating system's. Nothing is written to the file. */
function tryLock(path: string): DatabaseSync | undefined {
  // Loaded here, for commands alone.
  const sqlite = createRequire(import.meta.url)('node:sqlite') as typeof import('node:sqlite');
  const database = new sqlite.DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    held.add(database);
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
}

const sqliteBusy = 5;

function unlock(database: DatabaseSync): void {
  if (held.delete(database)) database.close();
}

/** The folder for temporary files is everybody's: one that another user laid there is not used. */
function makePrivate(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(directory);
  if (process.getuid !== undefined && uid !== process.getuid()) {
    throw new Error(`${directory} belongs to another user`);
  }
}
