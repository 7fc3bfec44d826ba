import { describeBackendContract } from '../backend-contract.ts';
import { openBackend } from './open-backend.ts';

describeBackendContract('OpenTelemetry alone', () => openBackend({ otel: true, sentry: false }));
