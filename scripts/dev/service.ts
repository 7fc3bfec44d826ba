import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { childEnvironment } from '@aiq/config';
import type { Output } from './output.ts';

export interface ServiceDefinition {
  readonly name: string;
  readonly directory: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** A change below one of these starts the service anew. */
  readonly watched: readonly string[];
  readonly url: string;
}

const stopGraceMs = 8_000;
const settleMs = 150;

export type Service = ReturnType<typeof startService>;

/**
 * Keeps one service running until `stop`: it is started anew when its sources change. A service that ends by
 * itself is reported and stays down until the next change, so that a crash cannot hide behind a restart.
 */
export function startService(definition: ServiceDefinition, output: Output, onPid: () => void) {
  const { name, directory, args, environment } = definition;
  let child: ChildProcess | undefined;
  let state: 'running' | 'crashed' | 'stopping' = 'running';
  let restarting: Promise<void> | undefined;
  let settling: NodeJS.Timeout | undefined;

  function start(): void {
    state = 'running';
    const started = spawn(process.execPath, [...args], {
      cwd: directory,
      env: childEnvironment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // Ctrl-C is ours to pass on, in order
    });
    child = started;
    output.attach(name, started.stdout);
    output.attach(name, started.stderr);
    started.once('error', (error) => output.fail(`${name} could not be started: ${error.message}`));
    started.once('exit', (code, signal) => {
      if (started !== child || state === 'stopping') return;
      state = 'crashed';
      output.fail(`${name} crashed (${signal ?? `exit code ${code}`}); its last lines are above.`);
      output.fail('The others run on. It starts again when one of its files changes.');
      onPid();
    });
    onPid();
  }

  async function end(): Promise<void> {
    const ending = child;
    state = 'stopping';
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => ending.once('exit', () => resolve()));
    ending.kill('SIGTERM');
    const kill = setTimeout(() => {
      output.warn(`${name} did not stop within ${stopGraceMs / 1000} s and was killed`);
      ending.kill('SIGKILL');
    }, stopGraceMs);
    await gone;
    clearTimeout(kill);
  }

  function changed(file: string): void {
    clearTimeout(settling);
    settling = setTimeout(() => {
      restarting ??= (async () => {
        output.say(`${file} changed: ${name} starts anew`);
        await end();
        start();
        restarting = undefined;
      })();
    }, settleMs);
  }

  const watchers = definition.watched.map((path) =>
    watch(path, { recursive: true }, (_event, file) => {
      if (file && /\.(ts|ya?ml|json|proto)$/.test(file) && !file.includes('generated')) {
        changed(file);
      }
    }),
  );
  start();

  return {
    name,
    url: definition.url,
    pid: () => (state === 'running' ? child?.pid : undefined),
    hasCrashed: () => state === 'crashed',
    async stop(): Promise<void> {
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
      await restarting;
      await end();
    },
  };
}
