import { Command } from 'commander';
import type { Dependencies } from '../dependencies.ts';
import type { ServiceRole } from '../trigger/run-service.ts';
import { addAudit } from './add-audit.ts';
import { addGenerate } from './add-generate.ts';
import { addInventory } from './add-inventory.ts';
import { addRuns } from './add-runs.ts';
import { addServices } from './add-services.ts';
import type { Terminal } from './terminal.ts';

/** What a command line is run with. */
export interface ProgramContext extends Terminal {
  /** Runs a command with what it works with, which is opened before and closed after. */
  run(command: (dependencies: Dependencies) => Promise<number | undefined>): Promise<void>;
  /** Runs until a signal ends it. */
  serve(role: ServiceRole): Promise<void>;
}

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
  addAudit(program, context);
  addServices(program, context);
  return program;
}
