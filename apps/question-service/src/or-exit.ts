import { ConfigError } from '@aiq/config';

/** Exit code of a process whose configuration cannot be used. */
const exitCodeConfiguration = 3;

/**
 * The result of `start`; with a configuration that cannot be used the process ends here, with the reason.
 *
 * Loaded before instrumentation: it must import nothing that is to be instrumented.
 */
export async function orExit<Result>(start: () => Promise<Result>): Promise<Result> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    process.exit(exitCodeConfiguration);
  }
}
