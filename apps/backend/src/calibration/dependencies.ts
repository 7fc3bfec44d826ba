import { createDatabase } from '@aiq/database';
import { createCalibrationsRepository } from './calibrations-repository.ts';
import type { CalibrationDependencies } from './run-calibration.ts';

/** Constructs what the calibration works with. Connects to nothing yet. */
export function createCalibrationDependencies({
  databaseUrl,
  ...rest
}: Omit<CalibrationDependencies, 'calibrations'> & { readonly databaseUrl: string }) {
  // Without the service's statement timeout: reading all responses takes longer than any request may.
  const database = createDatabase({ url: databaseUrl, applicationName: 'aiq-backend-calibrate' });
  return {
    ...rest,
    calibrations: createCalibrationsRepository(database),
    /** @throws {DatabaseError} database_unreachable and its like. */
    ping: () => database.ping(),
    close: () => database.close(),
  };
}
