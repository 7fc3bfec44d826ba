import { childEnvironment } from '@aiq/config';
import { runBesidePlatform } from './dev/run-beside-platform.ts';

/** question-service's CLI: with the running platform's database role and console, else by itself. */
runBesidePlatform({
  program: process.execPath,
  args: ['--import', './src/cli-instrument.ts', 'src/cli.ts', ...process.argv.slice(2)],
  directory: 'apps/question-service',
  environment: (platform) => {
    if (platform) {
      return { ...platform.environment, DATABASE_URL: platform.databaseUrls.question_service };
    }
    if (childEnvironment({})['OTEL_EXPORTER_OTLP_ENDPOINT']) return {};
    console.error(
      'No platform runs here, so nobody hears this run: start one with npx pnpm@12 dev',
    );
    return { OTEL_EXPORTER: 'none' };
  },
});
