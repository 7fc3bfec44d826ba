import { startSentryReceiver } from '@aiq/testing';
import { expect, test } from 'vitest';
import { startObservability } from '../../src/index.ts';

test('errors beyond the queue, and what a filter takes, are counted as dropped', async () => {
  await using sentry = await startSentryReceiver();
  const observability = await startObservability({
    service: 'aiq-errors',
    metrics: {},
    environment: {
      NODE_ENV: 'development',
      LOG_LEVEL: 'silent',
      OTEL_SDK_DISABLED: 'true',
      SENTRY_DSN: sentry.dsn,
    },
  });
  // Sentry's own filter takes it for a browser's.
  observability.captureError(new Error('Script error.'));
  const ids = Array.from({ length: 100 }, (_, at) =>
    observability.captureError(new Error(`error ${at}`)),
  );

  expect(await observability.flush()).toBe(true);
  observability.captureError(new Error('there is room again'));
  await observability.shutdown();

  const {
    exported = 0,
    failed,
    dropped = 0,
    queue,
  } = observability.health().signals['errors.sentry'] ?? {};
  expect(exported).toBe(sentry.events().length);
  expect(exported + dropped).toBe(102);
  expect({ failed, queue }).toEqual({ failed: 0, queue: { size: 0, capacity: 64 } });
  // Whoever was told an id finds the event by it.
  const received = new Set(sentry.events().map(({ event_id }) => event_id));
  expect(ids.filter((id) => id !== undefined && !received.has(id))).toEqual([]);
});

test('what was thrown arrives even where it cannot be read; a cause that cannot is counted as failed, and held up nobody', async () => {
  await using sentry = await startSentryReceiver();
  const observability = await startObservability({
    service: 'aiq-errors',
    metrics: {},
    environment: {
      NODE_ENV: 'development',
      LOG_LEVEL: 'silent',
      OTEL_SDK_DISABLED: 'true',
      SENTRY_DSN: sentry.dsn,
    },
  });
  const unreadable = new Proxy(
    {},
    {
      get() {
        throw new Error('not to be read');
      },
    },
  );

  observability.captureError(unreadable);
  observability.captureError(new Error('with a cause', { cause: unreadable }));
  const startedMs = performance.now();
  await observability.flush({ timeoutMs: 20_000 });
  const tookMs = performance.now() - startedMs;
  await observability.shutdown();

  expect(tookMs).toBeLessThan(10_000);
  expect(sentry.events()).toHaveLength(1);
  expect(observability.health().signals['errors.sentry']).toMatchObject({
    exported: 1,
    failed: 1,
    dropped: 0,
    queue: { size: 0 },
  });
});
