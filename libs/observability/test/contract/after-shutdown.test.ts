import { eventually, startFaultProxy, startSentryReceiver } from '@aiq/testing';
import { expect, test } from 'vitest';
import { startObservability } from '../../src/index.ts';
import { contractMetrics } from '../backend-contract.ts';

test('nothing is sent after a shutdown that had to give up', async () => {
  await using sentry = await startSentryReceiver();
  await using proxy = await startFaultProxy({ target: sentry.url });
  const observability = await startObservability({
    service: 'aiq-contract',
    metrics: contractMetrics,
    environment: {
      NODE_ENV: 'development',
      LOG_LEVEL: 'silent',
      OTEL_SDK_DISABLED: 'true',
      SENTRY_DSN: sentry.dsn.replace(sentry.url.slice(7), proxy.url.slice(7)),
    },
  });
  await proxy.play({ kind: 'hang before headers' });
  observability.captureError(new Error('held'));
  await eventually(() => proxy.counters.requests === 1);

  const sent = await observability.shutdown({ timeoutMs: 200 });
  observability.captureError(new Error('late'));
  await observability.flush({ timeoutMs: 500 });

  expect(sent).toBe(false);
  expect(proxy.counters.requests).toBe(1);
});
