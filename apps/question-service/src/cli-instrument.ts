import { orExit } from '@aiq/config';
import { startObservability } from '@aiq/observability';
import { cliEnvironment } from './config.ts';
import { metrics } from './telemetry/catalogue.ts';

/** Commands that run until a signal ends them: standard output is their log, as it is the server's. */
const isService = ['serve', 'worker'].includes(process.argv[2] ?? '');

/** Telemetry of the CLI. The other commands' standard output is their result: they log to standard error. */
export const observability = await orExit(() =>
  startObservability({
    service: 'aiq-question-service',
    metrics,
    ...(isService ? {} : { logStream: 'stderr', environment: cliEnvironment() }),
  }),
);
