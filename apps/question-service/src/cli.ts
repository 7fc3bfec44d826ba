import { runMain } from '@aiq/observability';
import { observability } from './cli-instrument.ts';
import { runCommand } from './commands/run-command.ts';

await runMain(observability, (stop) =>
  runCommand(process.argv.slice(2), observability, {
    stdout: process.stdout,
    stderr: process.stderr,
    stop,
  }),
);
