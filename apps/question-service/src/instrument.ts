import { orExit } from '@aiq/config';
import { startObservability } from '@aiq/observability';
import { metrics } from './telemetry/catalogue.ts';

/** Telemetry of the server: loaded by `node --import`, before anything that is to be instrumented. */
export const observability = await orExit(() =>
  startObservability({ service: 'aiq-question-service', metrics }),
);
