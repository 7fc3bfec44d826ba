import { childEnvironment } from '@aiq/config';
import { runBesidePlatform } from './dev/run-beside-platform.ts';

/** The backend's calibration: with the running platform's database role and console, else by itself. */
runBesidePlatform({
  program: process.execPath,
  args: ['--import', './src/calibrate-instrument.ts', 'src/calibrate.ts', ...process.argv.slice(2)],
  directory: 'apps/backend',
  environment: (platform) => {
    if (platform) {
      return { ...platform.environment, DATABASE_URL: platform.databaseUrls.backend };
    }
    return childEnvironment({})['OTEL_EXPORTER_OTLP_ENDPOINT'] ? {} : { OTEL_EXPORTER: 'none' };
  },
});
