import { Command, Option } from 'commander';
import type { Dependencies } from '../dependencies.ts';
import { countMax } from '../generation/plan.ts';
import { difficultyLevels, questionTypes } from '../questions/question.ts';
import { generate } from './generate.ts';
import {
  checkOptions,
  type GenerateOptions,
  maxCostOption,
  parseCount,
  parseDifficulties,
  parseSeed,
  parseTypes,
} from './generate-options.ts';
import { showInventory } from './inventory.ts';
import { listRuns, showRun } from './runs.ts';
import type { Terminal } from './terminal.ts';

interface ProgramContext extends Terminal {
  /** Runs a command with what it works with, which is opened before and closed after. */
  run(command: (dependencies: Dependencies) => Promise<number | undefined>): Promise<void>;
}

const generateHelp = `
Examples:
  $ pnpm generate --count 48
  $ pnpm generate --count 90 --types pattern,logic --difficulties easy,hard --seed 7
  $ pnpm generate --count 1000 --json > summary.json
  $ pnpm generate --fill 100                     every stratum up to 100 questions
  $ pnpm generate --auto-balance --count 200     200 questions, shared out by what strata lack
  $ pnpm generate --auto-balance --target 150    all that strata lack of 150

The same seed and strata give the same questions: a second run finds them in the bank and stores none.
A count is spread evenly; what is left over goes to the first strata, in the order of the types above.
With --auto-balance it is shared out in proportion to what each stratum lacks of the target, and none gets
more than that; what other runs have planned counts as if it were there. --fill plans again until it is met.

Exit codes: 0 done, also where everything was a duplicate; 1 in part; 2 failed; 3 wrong flag or
configuration; 4 database; 5 billing; 6 authentication; 130 and 143 stopped by a signal, after the
batches in hand were stored.`;

/** The command line: names, flags, help. Wrong use throws a CommanderError after it was told. */
export function createProgram(context: ProgramContext): Command {
  const program = new Command('question-service')
    .description('Writes questions: generates, judges, deduplicates and stores them.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .showHelpAfterError('(see --help)');
  addGenerate(program, context);
  addInventory(program, context);
  addRuns(program, context);
  return program;
}

function addGenerate(program: Command, context: ProgramContext): void {
  program
    .command('generate')
    .description('Runs the pipeline once and shows what it did.')
    .addOption(
      new Option('--count <number>', `questions to ask for, 1 to ${countMax}`).argParser(
        parseCount,
      ),
    )
    .addOption(
      new Option('--fill <number>', 'fill each of the 18 strata up to this many questions')
        .argParser(parseCount)
        .conflicts(['count', 'types', 'difficulties']),
    )
    .addOption(
      new Option('--auto-balance', 'plan by what each stratum lacks of the target').conflicts([
        'fill',
        'types',
        'difficulties',
      ]),
    )
    .addOption(
      new Option(
        '--target <number>',
        'questions each stratum is to have, with --auto-balance (default: configured)',
      ).argParser(parseCount),
    )
    .addOption(
      new Option('--types <list>', `some of ${questionTypes.join(', ')} (default: all)`).argParser(
        parseTypes,
      ),
    )
    .addOption(
      new Option(
        '--difficulties <list>',
        `some of ${difficultyLevels.join(', ')} (default: all)`,
      ).argParser(parseDifficulties),
    )
    .addOption(
      new Option('--seed <number>', 'what the questions follow from (default: drawn)').argParser(
        parseSeed,
      ),
    )
    .addOption(maxCostOption())
    .option('--json', 'print one RunSummary object on standard output and nothing else there')
    .option('--quiet', 'no progress')
    .addHelpText('after', generateHelp)
    .action(async (options: GenerateOptions) => {
      checkOptions(options);
      await context.run((dependencies) => generate(options, dependencies, context));
    });
}

function addInventory(program: Command, context: ProgramContext): void {
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

function addRuns(program: Command, context: ProgramContext): void {
  const runs = program.command('runs').description('Shows the runs of the pipeline.');
  runs
    .command('list')
    .description('The latest runs, newest first.')
    .addOption(new Option('--limit <number>', 'how many').argParser(parseCount).default(20))
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  $ pnpm --filter @aiq/question-service cli runs list --limit 5',
    )
    .action((options: { limit: number; json?: true }) =>
      context.run((dependencies) => listRuns(options, dependencies, context)),
    );
  runs
    .command('show <runId>')
    .description('One run.')
    .option('--json', 'as JSON')
    .action((runId: string, options: { json?: true }) =>
      context.run((dependencies) => showRun(runId, options, dependencies, context)),
    );
}
