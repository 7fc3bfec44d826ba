import { orExit } from '@aiq/config';
import { startObservability } from '@aiq/observability';
import { cliEnvironment } from './config.ts';
import { metrics } from './telemetry/catalogue.ts';

/** Telemetry of the CLI, whose standard output is its result: it logs to standard error. */
export const observability = await orExit(() =>
  startObservability({
    service: 'aiq-question-service',
    metrics,
    logStream: 'stderr',
    environment: cliEnvironment(),
  }),
);
