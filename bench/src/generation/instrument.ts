import { startObservability } from '@aiq/observability';
import { metrics } from '@aiq/question-service/telemetry';

/** Telemetry as the CLI has it, loaded before what it instruments. */
export const observability = await startObservability({
  service: 'aiq-question-service',
  metrics,
  logStream: 'stderr',
});
