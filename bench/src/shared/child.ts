import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { childEnvironment } from '@aiq/config';

export interface ChildOptions {
  /** Below bench/src. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly nodeArgs?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The core that it is kept on, where the system has `taskset`. */
  readonly core?: number;
}

/** A program of the benchmark in a process of its own, spoken to by IPC. Its standard output is thrown away. */
export interface Child {
  /** Sends a message and waits for the next one that comes back. */
  ask<Answer>(message: unknown, timeoutMs?: number): Promise<Answer>;
  /** Waits for the next message. */
  next<Answer>(timeoutMs?: number): Promise<Answer>;
  stop(): Promise<void>;
}

const sources = join(import.meta.dirname, '..');

export function startChild(options: ChildOptions): Child {
  const { program, args = [], nodeArgs = [], environment = {}, core } = options;
  const node = [process.execPath, ...nodeArgs, join(sources, program), ...args];
  const [command = '', ...rest] =
    core === undefined || !canPin() ? node : ['taskset', '-c', String(core), ...node];
  const child = spawn(command, rest, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: childEnvironment({ NODE_ENV: 'production', ...environment }),
  });
  const inbox: unknown[] = [];
  child.on('message', (message) => inbox.push(message));
  const next = <Answer>(timeoutMs = 120_000): Promise<Answer> =>
    receive<Answer>(child, inbox, { program, timeoutMs });
  return {
    next,
    ask(message, timeoutMs) {
      child.send(message as object);
      return next(timeoutMs);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function receive<Answer>(
  child: ChildProcess,
  inbox: unknown[],
  { program, timeoutMs }: { readonly program: string; readonly timeoutMs: number },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (inbox.length > 0) settle(() => resolve(inbox.shift() as Answer));
      else if (child.exitCode !== null || child.signalCode !== null) {
        const end = child.exitCode ?? child.signalCode;
        settle(() => reject(new Error(`${program} ended (${end}) without an answer`)));
      }
    };
    const late = (): void =>
      settle(() => reject(new Error(`${program} gave no answer within ${timeoutMs} ms`)));
    const timer = setTimeout(late, timeoutMs);
    child.on('message', look).on('exit', look);
    look();

    function settle(how: () => void): void {
      clearTimeout(timer);
      child.off('message', look).off('exit', look);
      how();
    }
  });
}

let pins: boolean | undefined;

/** Linux with util-linux. Elsewhere the system's scheduler decides, which the report says. */
export function canPin(): boolean {
  pins ??= process.platform === 'linux' && spawnSync('taskset', ['--version']).status === 0;
  return pins;
}

/** Keeps this process, and what it starts from now on, on one core. */
export function pinThisProcess(core: number): void {
  if (canPin()) spawnSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)]);
}
