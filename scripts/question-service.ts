import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { childEnvironment, repositoryRoot } from '@aiq/config';
import { runningPlatform } from './dev/running-platform.ts';
import { createState } from './dev/state.ts';

/**
 * Runs question-service's CLI as a person at the root would: against the running platform where there is one
 * (its database role, its console), else by itself. What the person set in the environment wins.
 */
const state = createState(join(repositoryRoot, '.dev'));
const platform = runningPlatform(state) ? state.readEnvironment() : undefined;
const own = childEnvironment({});
const unheard = platform === undefined && !own['OTEL_EXPORTER_OTLP_ENDPOINT'];
if (unheard) {
  console.error('No platform runs here, so nobody hears this run: start one with npx pnpm@12 dev');
}
const child = spawn(
  process.execPath,
  ['--import', './src/cli-instrument.ts', 'src/cli.ts', ...process.argv.slice(2)],
  {
    cwd: join(repositoryRoot, 'apps/question-service'),
    env: {
      ...platform?.environment,
      ...(platform && { DATABASE_URL: platform.databaseUrls.question_service }),
      ...(unheard && { OTEL_EXPORTER: 'none' }),
      ...own,
    },
    stdio: 'inherit',
  },
);
// A terminal sends Ctrl-C to the child too; a second one from here would end it at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (signal === 'SIGTERM' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.once('error', (error) => {
  console.error(`question-service's CLI could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1);
});
