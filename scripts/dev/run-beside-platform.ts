import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, repositoryRoot } from '@aiq/config';
import { runningPlatform } from './running-platform.ts';
import { createState, type DevEnvironment } from './state.ts';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The package that it runs in, from the root. */
  readonly directory: string;
  /** What it is told of the platform; what the person set in the environment wins. */
  readonly environment: (platform: DevEnvironment | undefined) => Readonly<Record<string, string>>;
}

/** Runs a command as a person at the root would, against the platform that runs there, if any. */
export function runBesidePlatform(command: Command): void {
  const state = createState(join(repositoryRoot, '.dev'));
  const platform = runningPlatform(state) ? state.readEnvironment() : undefined;
  const child = spawn(command.program, [...command.args], {
    cwd: join(repositoryRoot, command.directory),
    env: { ...command.environment(platform), ...childEnvironment({}) },
    stdio: 'inherit',
  });
  // A terminal sends Ctrl-C to the child too; a second one from here would end it at once.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.once('error', (error) => {
    console.error(`${command.program} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1);
  });
}
