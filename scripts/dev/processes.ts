import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process with this id exists (its owner may be another user). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process's command line, or undefined where there is none. */
export function commandOf(pid: number): string | undefined {
  return proc(pid, 'cmdline')?.replaceAll('\0', ' ').trim() ?? ps(pid, 'command=');
}

/**
 * The package managers above this process, nearest first: `npx pnpm@12 dev` is npx, a shell, pnpm, a shell, us.
 * npx does not pass SIGTERM on, so a platform that outlives one of these has been asked to stop.
 */
export function launchers(pid = process.pid): number[] {
  const found: number[] = [];
  let current = parentOf(pid);
  while (current !== undefined && current > 1) {
    const command = commandOf(current) ?? '';
    if (!/\b(npm|npx|pnpm)\b|^(\/bin\/)?(da|ba)?sh -c /.test(command)) break;
    found.push(current);
    current = parentOf(current);
  }
  // A shell at the top is the user's own, not a launcher.
  while (found.length > 0 && /sh -c /.test(commandOf(found.at(-1) as number) ?? '')) found.pop();
  return found;
}

function parentOf(pid: number): number | undefined {
  // The second field is the name in parentheses, which may itself hold spaces and parentheses.
  const stat = proc(pid, 'stat');
  const text = stat ? stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] : ps(pid, 'ppid=');
  const parent = Number(text);
  return Number.isInteger(parent) && parent > 0 ? parent : undefined;
}

function proc(pid: number, file: 'stat' | 'cmdline'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8') || undefined;
  } catch {
    return undefined; // no such process, or a system without /proc
  }
}

function ps(pid: number, field: string): string | undefined {
  try {
    const args = ['-o', field, '-p', String(pid)];
    const text = execFileSync('ps', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return text.trim() || undefined;
  } catch {
    return undefined; // gone, or no `ps` on this machine
  }
}
