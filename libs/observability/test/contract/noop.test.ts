import { describeBackendContract } from '../backend-contract.ts';
import { openBackend } from './open-backend.ts';

describeBackendContract('that is off', () => openBackend({ otel: false, sentry: false }));
