import { ConfigError } from '@aiq/config';
import { DatabaseError } from '@aiq/database';
import { CommanderError } from 'commander';
import { loadServiceConfig } from '../config.ts';
import { type Dependencies, openDependencies } from '../dependencies.ts';
import { isDatabaseFault } from '../storage/insert-failure.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import { exitCodeOfError, UsageError } from './exit-code.ts';
import { createProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command line and returns its exit code, or nothing when a signal ended it. What goes wrong
 * is told on standard error in words; a stack trace goes to the log and to the error tracker alone.
 */
export async function runCommand(
  args: readonly string[],
  telemetry: Telemetry,
  terminal: Terminal,
): Promise<number | undefined> {
  let code: number | undefined;
  const program = createProgram({
    ...terminal,
    run: async (command) => {
      code = await withDependencies(telemetry, terminal, command);
    },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    tell(error, telemetry, terminal);
    return exitCodeOfError(error);
  }
}

async function withDependencies(
  telemetry: Telemetry,
  { stderr, stop }: Terminal,
  command: (dependencies: Dependencies) => Promise<number | undefined>,
): Promise<number | undefined> {
  const config = loadServiceConfig();
  const log = (line: string) => telemetry.logger.info(line);
  const dependencies = await openDependencies({ config, telemetry, stop, log });
  try {
    return await command(dependencies);
  } finally {
    await dependencies.close().catch((error: unknown) => {
      stderr.write(`the database could not be closed: ${String(error)}\n`);
    });
  }
}

function tell(error: unknown, telemetry: Telemetry, { stderr }: Terminal): void {
  // Commander has told already.
  if (error instanceof CommanderError) return;
  const isExpected =
    error instanceof UsageError || error instanceof ConfigError || error instanceof DatabaseError;
  if (!isExpected) telemetry.captureError(error, { context: { operation: 'command' } });
  stderr.write(`error: ${messageOf(error)}\n`);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ((error as { code?: unknown }).code === 'P2021') {
    return 'the database has no tables yet: migrate it first, which `pnpm dev` does for the embedded one';
  }
  if (error instanceof DatabaseError) return error.message;
  if (isDatabaseFault(error)) return `the database failed: ${lastLine(error.message)}`;
  return error.message;
}

/** Prisma puts the call site first and the reason last. */
function lastLine(message: string): string {
  return message.trim().split('\n').at(-1) ?? message;
}
