import { orExit } from '@aiq/config';
import { startObservability } from '@aiq/observability';
import { metrics } from './telemetry/catalogue.ts';

/** This process's telemetry. The one file with effects at import: load it with `node --import`. */
export const observability = await orExit(() =>
  startObservability({ service: 'aiq-backend', metrics }),
);
