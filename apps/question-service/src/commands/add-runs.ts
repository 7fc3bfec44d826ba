import { type Command, Option } from 'commander';
import { parseCount } from './generate-options.ts';
import type { ProgramContext } from './program.ts';
import { listRuns, showRun } from './runs.ts';

/** `runs list` and `runs show`: the history of the pipeline. */
export function addRuns(program: Command, context: ProgramContext): void {
  const runs = program
    .command('runs')
    .description('Shows the runs of the pipeline.')
    .addHelpText('after', '\nExamples:\n  $ pnpm runs list\n  $ pnpm runs list --limit 5 --json');
  runs
    .command('list')
    .description('The latest runs, newest first.')
    .addOption(new Option('--limit <number>', 'how many').argParser(parseCount).default(20))
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExamples:\n  $ pnpm runs list\n  $ pnpm runs list --limit 5 --json')
    .action((options: { limit: number; json?: true }) =>
      context.run((dependencies) => listRuns(options, dependencies, context)),
    );
  runs
    .command('show <runId>')
    .description('One run.')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pnpm runs show 5f0c1a52-6a0e-4d0a-9a64-0d8c0a4c9a11\n  $ pnpm runs show 5f0c1a52-6a0e-4d0a-9a64-0d8c0a4c9a11 --json',
    )
    .action((runId: string, options: { json?: true }) =>
      context.run((dependencies) => showRun(runId, options, dependencies, context)),
    );
}
