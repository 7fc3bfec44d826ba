import { ConfigError } from '@aiq/config';
import { DatabaseError } from '@aiq/database';
import { CommanderError } from 'commander';
import { loadServiceConfig } from '../config.ts';
import { type Dependencies, openDependencies } from '../dependencies.ts';
import { isDatabaseFault } from '../storage/insert-failure.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import type { ServiceRole } from '../trigger/run-service.ts';
import { exitCodeOfError, isPortTaken, UsageError } from './exit-code.ts';
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
    serve: (role) => runLogged(role, telemetry, terminal.stop),
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    tell(error, telemetry, terminal);
    return exitCodeOfError(error);
  }
}

/** Nobody may read a service's standard error: why it could not start is in its log, too. */
async function runLogged(role: ServiceRole, telemetry: Telemetry, stop: AbortSignal) {
  try {
    // Loaded where it is needed: the other commands want no HTTP server and no queue.
    const { runService } = await import('../trigger/run-service.ts');
    await runService(role, { telemetry, stop });
  } catch (error) {
    telemetry.logger.error(messageOf(error));
    throw error;
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
    error instanceof UsageError ||
    error instanceof ConfigError ||
    error instanceof DatabaseError ||
    isPortTaken(error);
  if (!isExpected) telemetry.captureError(error, { context: { operation: 'command' } });
  stderr.write(`error: ${messageOf(error)}\n`);
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ((error as { code?: unknown }).code === 'P2021') {
    return 'the database has no tables yet: migrate it first, which `pnpm dev` does for the embedded one';
  }
  if (isPortTaken(error)) {
    const { address, port } = error;
    return `${address}:${port} is taken: set QUESTION_SERVICE_PORT (a worker's: WORKER_PORT) to a free port, or stop what listens there`;
  }
  if (error instanceof DatabaseError) return error.message;
  if (isDatabaseFault(error)) return `the database failed: ${lastLine(error.message)}`;
  return error.message;
}

/** Prisma puts the call site first and the reason last. */
function lastLine(message: string): string {
  return message.trim().split('\n').at(-1) ?? message;
}
