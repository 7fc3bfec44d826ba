import { setTimeout as sleep } from 'node:timers/promises';
import type { ProgramOptions, ProgramResult } from './program.ts';
import { startProgram } from './start-program.ts';

/**
 * Runs a program to its end; whatever its exit code is, that is a result and no error.
 *
 * Its environment is exactly `env`, with PATH, HOME and TMPDIR of the tests under it. `node` is the
 * Node.js that runs the tests. What is left of its process group at the end is killed.
 *
 * @throws {Error} With the output, after `timeoutMs` (default 60 000).
 */
export async function runProgram(
  command: string,
  args: readonly string[] = [],
  options: ProgramOptions & { readonly timeoutMs?: number } = {},
): Promise<ProgramResult> {
  const { timeoutMs = 60_000, ...rest } = options;
  await using program = await startProgram(command, args, rest);
  const timer = new AbortController();
  const late = sleep(timeoutMs, 'late' as const, { signal: timer.signal });
  late.catch(() => {});
  const result = await Promise.race([program.ended, late]);
  timer.abort();
  if (result !== 'late') return result;
  const output = `${program.stdout}${program.stderr}`;
  throw new Error(`${command} ${args.join(' ')} did not end within ${timeoutMs} ms\n${output}`);
}
