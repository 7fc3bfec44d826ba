import { ConfigError } from '@aiq/config';
import { DatabaseError } from '@aiq/database';
import { runMain } from '@aiq/observability';
import { observability } from './calibrate-instrument.ts';
import {
  calibrateHelp,
  describeOutcome,
  parseCalibrateArguments,
  toExitCode,
} from './calibration/calibrate-command.ts';
import { createCalibrationDependencies } from './calibration/dependencies.ts';
import { runCalibration } from './calibration/run-calibration.ts';
import { loadBackendConfig } from './config.ts';
import { openBackendDatabase } from './database/open-backend-database.ts';

const exitCodes = { configuration: 3, database: 4 } as const;

await runMain(observability, async (): Promise<number> => {
  const given = parseCalibrateArguments(process.argv.slice(2));
  if (given.status === 'help') return print(calibrateHelp, 0);
  if (given.status === 'wrong') {
    process.stderr.write(`${given.message}\n\n${calibrateHelp}\n`);
    return exitCodes.configuration;
  }

  try {
    return await calibrate(given.json);
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return code;
  }
});

async function calibrate(json: boolean): Promise<number> {
  const config = loadBackendConfig();
  const opened = await openBackendDatabase(config.database.url, (line) =>
    observability.logger.info(line),
  );
  if (opened === undefined) return exitCodes.database;
  const dependencies = createCalibrationDependencies({
    databaseUrl: opened.url,
    settings: config.calibration,
    observability,
  });
  try {
    await dependencies.ping();
    const outcome = await runCalibration(dependencies);
    return print(json ? JSON.stringify(outcome) : describeOutcome(outcome), toExitCode(outcome));
  } finally {
    await dependencies.close();
    await opened.stop();
  }
}

function codeOf(error: unknown): number | undefined {
  if (error instanceof ConfigError) return exitCodes.configuration;
  return error instanceof DatabaseError ? exitCodes.database : undefined;
}

function print(text: string, code: number): number {
  process.stdout.write(`${text}\n`);
  return code;
}
