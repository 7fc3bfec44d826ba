import { type Command, Option } from 'commander';
import { parseCount } from './generate-options.ts';
import { showInventory } from './inventory.ts';
import type { ProgramContext } from './program.ts';

/** `inventory`: what the bank holds. */
export function addInventory(program: Command, context: ProgramContext): void {
  program
    .command('inventory')
    .description('Shows the 18 strata: what each holds, what is planned, and what it lacks.')
    .addOption(
      new Option('--target <number>', 'questions each is to have (default: configured)').argParser(
        parseCount,
      ),
    )
    .option('--json', 'print one object on standard output')
    .addHelpText(
      'after',
      `
Examples:
  $ pnpm inventory
  $ pnpm inventory --target 150
  $ pnpm inventory --json | jq '.strata[] | select(.deficit > 0)'

Planned are questions of runs that are in work or wait for a worker, and are not stored yet.`,
    )
    .action((options: { target?: number; json?: true }) =>
      context.run((dependencies) => showInventory(options, dependencies, context)),
    );
}
