import { setTimeout as sleep } from 'node:timers/promises';
import type { Output } from './output.ts';
import { commandOf, isAlive } from './processes.ts';
import type { Addresses, State } from './state.ts';

const graceMs = 5_000;

/** The platform that runs on this state, or undefined. A process id that another program has since been given does not count. */
export function runningPlatform(state: State): { pid: number; addresses: Addresses } | undefined {
  const pid = state.readProcesses()?.pid;
  if (pid === undefined || !isAlive(pid) || !commandOf(pid)?.includes('dev.ts')) return undefined;
  const unknown = 'starting';
  return {
    pid,
    addresses: state.readAddresses() ?? {
      backend: unknown,
      questionService: unknown,
      console: unknown,
      postgres: unknown,
    },
  };
}

/** Ends the services of a platform that was killed before it could: they would hold its ports. */
export async function endLeftovers(state: State, output: Output): Promise<void> {
  const left = livingServices(state);
  if (left.length === 0) return;
  output.warn(`Ending what an earlier run left: ${left.map(({ name }) => name).join(', ')}.`);
  for (const { pid } of left) process.kill(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && left.some(({ pid }) => isAlive(pid))) await sleep(50);
  for (const { pid } of left) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
}

/** For one who will not wait: telemetry that was not sent yet is lost. */
export function killServices(state: State): void {
  for (const { pid } of livingServices(state)) process.kill(pid, 'SIGKILL');
}

function livingServices(state: State): readonly { name: string; pid: number }[] {
  return (state.readProcesses()?.children ?? []).filter(
    ({ pid }) => isAlive(pid) && commandOf(pid)?.includes('src/server.ts'),
  );
}
