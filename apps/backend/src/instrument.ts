import { ConfigError } from '@aiq/config';
import { startObservability } from '@aiq/observability';
import { metrics } from './telemetry/catalogue.ts';

/** This process's telemetry. The one file with effects at import: load it with `node --import`. */
export const observability = await startObservability({ service: 'aiq-backend', metrics }).catch(
  (error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(3);
  },
);
