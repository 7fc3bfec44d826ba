import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, freePort, startProgram } from '@aiq/testing';
import { isAlive } from '../../scripts/dev/processes.ts';
import { type Addresses, createState, type DevEnvironment } from '../../scripts/dev/state.ts';
import { repositoryRoot, systemEnvironment } from './system.config.ts';

export type Platform = Awaited<ReturnType<typeof startPlatform>>;

/** `npx pnpm@12 dev` from a clean state, on ports of its own; stopped and removed by `stop`. */
export async function startPlatform(environment: Readonly<Record<string, string>> = {}) {
  const directory = mkdtempSync(join('/tmp', 'aiq-system-'));
  const ports = {
    BACKEND_PORT: String(await freePort()),
    QUESTION_SERVICE_PORT: String(await freePort()),
    CONSOLE_PORT: String(await freePort()),
  };
  const started = Date.now();
  const program = await startProgram('npx', ['--yes', 'pnpm@12', 'dev', '--state', directory], {
    cwd: repositoryRoot,
    env: { ...systemEnvironment(), OTEL_METRIC_EXPORT_INTERVAL: '1000', ...ports, ...environment },
  });
  await program.waitForLine(/Ready after/, { timeoutMs: 120_000 });
  const state = createState(directory);
  return {
    directory,
    program,
    secondsToReady: (Date.now() - started) / 1000,
    addresses: state.readAddresses() as Addresses,
    environment: state.readEnvironment() as DevEnvironment,
    pids: (): readonly { name: string; pid: number }[] =>
      JSON.parse(readFileSync(join(directory, 'processes.json'), 'utf8')).children,
    async stop(): Promise<void> {
      await program.stop('SIGTERM');
      const { pid } = state.readEnvironment() ?? { pid: undefined };
      await eventually(() => pid === undefined || !isAlive(pid), { timeoutMs: 20_000 });
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
