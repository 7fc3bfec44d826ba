import { type Command, Option } from 'commander';
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
import type { ProgramContext } from './program.ts';

const help = `
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

/** `generate`: runs the pipeline in this process. */
export function addGenerate(program: Command, context: ProgramContext): void {
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
    .addHelpText('after', help)
    .action(async (options: GenerateOptions) => {
      checkOptions(options);
      await context.run((dependencies) => generate(options, dependencies, context));
    });
}
