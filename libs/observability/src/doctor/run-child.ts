import { spawn } from 'node:child_process';

export interface ChildOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** Called with what was written to standard output so far. */
  readonly onOutput?: (output: string, pid: number) => void;
}

export interface ChildEnd {
  readonly code: number | null;
  readonly stdout: string;
  /** The end of standard error. */
  readonly stderr: string;
  readonly isLate: boolean;
}

/** For what a program leaves behind to be heard. */
const graceMs = 1_000;

/** Runs a program in its own process group, and ends the whole group when it ends or is late. Never rejects. */
export async function runChild(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs, onOutput }: ChildOptions,
): Promise<ChildEnd> {
  const { promise, resolve } = Promise.withResolvers<ChildEnd>();
  const child = spawn(command, args, {
    cwd,
    env: { ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  let isLate = false;
  const endGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  };
  const timer = setTimeout(() => {
    isLate = true;
    endGroup();
  }, timeoutMs);
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    if (child.pid !== undefined) onOutput?.(stdout, child.pid);
  });
  child.stderr.on('data', (chunk) => {
    stderr = `${stderr}${chunk}`.slice(-2_000);
  });
  const finish = (code: number | null): void => {
    clearTimeout(timer);
    endGroup();
    resolve({ code, stdout, stderr, isLate });
  };
  child.once('error', (error) => {
    stderr += error.message;
    finish(null);
  });
  child.once('close', (code) => finish(code));
  // A launcher may end before what it launched, which then holds the output open.
  child.once('exit', (code) => setTimeout(() => finish(code), graceMs).unref());
  return promise;
}
