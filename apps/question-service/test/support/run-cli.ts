import { fileURLToPath } from 'node:url';
import { type ProgramOptions, runProgram, startProgram } from '@aiq/testing';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const nodeArgs = ['--import', './src/cli-instrument.ts', 'src/cli.ts'];
const quietTelemetry = { OTEL_SDK_DISABLED: 'true', NO_COLOR: '1', ENV: 'test' };

type Variables = NonNullable<ProgramOptions['env']>;

/** The CLI as a process of its own, with telemetry off unless `env` switches it on. */
export const runCli = (args: readonly string[], env: Variables = {}) =>
  runProgram('node', [...nodeArgs, ...args], { cwd, env: { ...quietTelemetry, ...env } });

export const startCli = (args: readonly string[], env: Variables = {}) =>
  startProgram('node', [...nodeArgs, ...args], { cwd, env: { ...quietTelemetry, ...env } });

export const startServer = (env: Variables) =>
  startProgram('node', ['--import', './src/instrument.ts', 'src/server.ts'], {
    cwd,
    env: { ...quietTelemetry, QUESTION_SERVICE_PORT: '0', ...env },
  });
