import { ConfigError } from './config-error.ts';

/** Exit code of a process whose configuration cannot be used. */
const exitCodeConfiguration = 3;

/**
 * Gives the result of `start`; with a configuration that cannot be used the process ends here with exit code 3
 * and the reason on standard error. For the file that `node --import` loads.
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
