import { describeBackendContract } from '../backend-contract.ts';
import { openBackend } from './open-backend.ts';

describeBackendContract('Sentry alone', () => openBackend({ otel: false, sentry: true }));
