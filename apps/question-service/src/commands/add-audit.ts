import type { Command } from 'commander';
import { audit } from './audit.ts';
import type { ProgramContext } from './program.ts';

const help = `
Examples:
  $ question-service audit --dry-run          what is wrong, and change nothing
  $ question-service audit                    take what is wrong out of service
  $ question-service audit --json | jq '.wrongQuestions[]'

Each question that is served is solved from its text alone. It is wrong where the solution is not its key, or
is not the only one; what no solver understands, as most of what models write, is skipped and counted.

Exit codes: 0 nothing is wrong; 1 something is, or was until now; 3 wrong flag or configuration; 4 database;
130 and 143 stopped by a signal, after the page in hand.`;

/** `audit`: solves the bank again. */
export function addAudit(program: Command, context: ProgramContext): void {
  program
    .command('audit')
    .description('Solves stored questions again, and deactivates wrong ones.')
    .option('--dry-run', 'change nothing')
    .option('--json', 'print one object on standard output and nothing else there')
    .option('--quiet', 'no progress')
    .addHelpText('after', help)
    .action((options: { dryRun?: true; json?: true; quiet?: true }) =>
      context.run((dependencies) => audit(options, dependencies, context)),
    );
}
