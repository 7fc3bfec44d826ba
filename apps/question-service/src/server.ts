import { runMain } from '@aiq/observability';
import { runCommand } from './commands/run-command.ts';
import { observability } from './instrument.ts';

/** What `start` runs: the command `serve`, with its flags. */
await runMain(observability, (stop) =>
  runCommand(['serve', ...process.argv.slice(2)], observability, {
    stdout: process.stdout,
    stderr: process.stderr,
    stop,
  }),
);
