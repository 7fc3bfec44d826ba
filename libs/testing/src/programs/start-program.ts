import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { eventually } from '../eventually.ts';
import { hostEnvironment } from '../testing.config.ts';
import type { Program, ProgramOptions, ProgramResult } from './program.ts';

/** How long output may still come after the end, when a child of the program holds the pipe open. */
const lateOutputMs = 500;

/**
 * Starts a program in a process group of its own.
 *
 * `node` is the Node.js that runs the tests, whatever is on PATH.
 *
 * @throws {Error} When there is no such command.
 */
export async function startProgram(
  command: string,
  args: readonly string[] = [],
  options: ProgramOptions = {},
): Promise<Program> {
  const { cwd, env = {}, host = hostEnvironment, input = '' } = options;
  const startedAt = performance.now();
  const child = spawn(command === 'node' ? process.execPath : command, args, {
    detached: true,
    env: definedOnly({ ...host, ...env }),
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  }
  // A program may end without reading its input.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let result: ProgramResult | undefined;
  const ended = endOf(child, () => {
    return { ...output, durationMs: performance.now() - startedAt };
  }).then((value) => {
    result = value;
    return value;
  });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;

  const killGroup = async (): Promise<ProgramResult> => {
    killGroupOf(pid);
    return ended;
  };

  return {
    pid,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
    ended,
    async waitForLine(pattern, { timeoutMs = 15_000 } = {}) {
      const report = () => `a line like ${pattern}\n${output.stdout}${output.stderr}`;
      const found = await eventually(
        () => {
          const match = matchLine(output.stdout, pattern) ?? matchLine(output.stderr, pattern);
          if (match) return { match };
          return result && { match: undefined };
        },
        { timeoutMs, message: report },
      );
      if (found.match) return found.match;
      const how = result?.signal ?? `code ${result?.code}`;
      throw new Error(`${command} ended (${how}) before ${report()}`);
    },
    async stop(signal = 'SIGTERM', { timeoutMs = 10_000 } = {}) {
      child.kill(signal);
      const timer = new AbortController();
      const late = sleep(timeoutMs, undefined, { signal: timer.signal }).then(
        killGroup,
        () => ended,
      );
      const end = await Promise.race([ended, late]);
      timer.abort();
      return end;
    },
    async [Symbol.asyncDispose]() {
      await killGroup();
    },
  };
}

/** Settles after the end of the process, once its output is complete or nothing more is waited for. */
async function endOf(
  child: ChildProcess,
  rest: () => Omit<ProgramResult, 'code' | 'signal'>,
): Promise<ProgramResult> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once('exit', (...how) => resolve(how));
    child.once('error', () => resolve([null, null]));
  });
  const timer = new AbortController();
  const late = sleep(lateOutputMs, undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([closed, late]);
  timer.abort();
  return { code, signal, ...rest() };
}

function killGroupOf(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

function matchLine(text: string, pattern: RegExp): RegExpExecArray | undefined {
  const plain = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  // The last piece is not a whole line yet.
  const lines = text.split('\n').slice(0, -1);
  for (const line of lines) {
    const match = plain.exec(stripVTControlCharacters(line));
    if (match) return match;
  }
  return undefined;
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
