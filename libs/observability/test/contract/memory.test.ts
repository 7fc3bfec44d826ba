import { createTestObservability } from '../../src/testing/index.ts';
import { contractMetrics, describeBackendContract } from '../backend-contract.ts';

describeBackendContract('in memory', async () => {
  const { observability } = createTestObservability({
    service: 'memory',
    metrics: contractMetrics,
  });
  return { observability, sends: false, requests: () => 0, close: async () => {} };
});
