import { describe, expect, test } from 'vitest';
import { createDelivery } from '../src/export/delivery.ts';
import { createLifecycle } from '../src/lifecycle.ts';

const nothing = { refused: 0, refusals: {}, overflowed: 0 };
const at = new Date('2026-01-01T00:00:00Z');

function createChannel(flush: (delivery: ReturnType<typeof createDelivery>) => Promise<unknown>) {
  const delivery = createDelivery('traces.otel', () => at);
  return { delivery, flush: () => flush(delivery) };
}

const lifecycleOf = (...channels: ReturnType<typeof createChannel>[]) =>
  createLifecycle({ channels, close: async () => {}, refused: () => nothing, off: false });

describe('a flush', () => {
  test('is true where everything arrived', async () => {
    const channel = createChannel(async (delivery) => delivery.exported(3));
    const lifecycle = lifecycleOf(channel);
    expect(await lifecycle.flush(100)).toBe(true);
    expect(lifecycle.health()).toEqual({
      status: 'ok',
      ...nothing,
      signals: {
        'traces.otel': { exported: 3, failed: 0, dropped: 0, lastSuccessAt: at.toISOString() },
      },
    });
  });

  test.each([
    ['rejects', () => Promise.reject(new Error('no'))],
    ['hangs', () => new Promise(() => {})],
    ['says false', async () => false],
  ])('is false within its deadline where one %s', async (_how, flush) => {
    const startedAt = performance.now();
    expect(
      await lifecycleOf(
        createChannel(async () => {}),
        createChannel(flush),
      ).flush(50),
    ).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('is false where the exporter failed and hid it, and health says why until the next success', async () => {
    let works = false;
    const channel = createChannel(async (delivery) =>
      works ? delivery.exported(1) : delivery.failed(2, new Error('connection refused')),
    );
    const lifecycle = lifecycleOf(channel);
    expect(await lifecycle.flush(50)).toBe(false);
    expect(lifecycle.health()).toMatchObject({
      status: 'degraded',
      signals: { 'traces.otel': { failed: 2, lastError: 'connection refused' } },
    });
    works = true;
    expect(await lifecycle.flush(50)).toBe(true);
    expect(lifecycle.health().status).toBe('ok');
  });
});

test('a shutdown ends in time though closing hangs', async () => {
  const lifecycle = createLifecycle({
    channels: [createChannel(async () => {})],
    close: () => new Promise(() => {}),
    refused: () => nothing,
    off: false,
  });
  const startedAt = performance.now();
  expect(await lifecycle.shutdown(200)).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
