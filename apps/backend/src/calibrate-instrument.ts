import { orExit } from '@aiq/config';
import { startObservability } from '@aiq/observability';
import { metrics } from './telemetry/catalogue.ts';

/** Telemetry of the command, whose standard output is its result: it logs to standard error. */
export const observability = await orExit(() =>
  startObservability({ service: 'aiq-backend', metrics, logStream: 'stderr' }),
);
