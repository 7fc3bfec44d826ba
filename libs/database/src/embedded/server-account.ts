import { execFileSync, spawnSync } from 'node:child_process';

/** User and group a server process runs under; empty = those of this process. */
export type ServerAccount = { uid: number; gid: number } | Record<string, never>;

/** PostgreSQL refuses to run as root: there it gets `nobody`, a user that need not be created. */
export function serverAccount(): ServerAccount {
  if (process.getuid?.() !== 0) return {};
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

/** Whether the account may enter `path`, or execute it. */
export function isReachable(path: string, account: ServerAccount): boolean {
  if (!('uid' in account)) return true;
  return spawnSync('test', ['-x', path], { ...account, cwd: '/' }).status === 0;
}

function idOfNobody(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: 'pipe' }));
  } catch {
    return 65_534; // no such user in a minimal container: the number is nobody's by convention
  }
}
