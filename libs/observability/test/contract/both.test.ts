import { describeBackendContract } from '../backend-contract.ts';
import { openBackend } from './open-backend.ts';

describeBackendContract('OpenTelemetry and Sentry', () =>
  openBackend({ otel: true, sentry: true }),
);
