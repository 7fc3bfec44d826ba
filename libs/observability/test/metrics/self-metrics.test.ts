import { describe, expect, test } from 'vitest';
import { createDelivery } from '../../src/export/delivery.ts';
import { createLifecycle } from '../../src/lifecycle.ts';
import { createMetricStore } from '../../src/metrics/metric-store.ts';
import { observeSelf, selfMetrics } from '../../src/metrics/self-metrics.ts';
import { createRefusals } from '../../src/policy/refusals.ts';

function createSelf() {
  const nowMs = () => Date.parse('2026-01-01T00:00:00Z');
  const refusals = createRefusals({ warn: () => {}, nowMs });
  const metrics = [
    ...selfMetrics,
    {
      name: 'open',
      kind: 'counter' as const,
      unit: '{thing}',
      description: 'x',
      labels: { id: 'open' as const },
    },
  ];
  const store = createMetricStore({ metrics, refusals, nowMs, seriesMax: 20 });
  const spans = createDelivery('traces.otel', () => new Date(nowMs()), { capacity: 2_048 });
  const errors = createDelivery('errors.sentry', () => new Date(nowMs()));
  const { health } = createLifecycle({
    channels: [spans, errors].map((delivery) => ({ delivery, flush: async () => {} })),
    close: async () => {},
    off: false,
    refused: () => ({
      refused: refusals.total(),
      refusals: refusals.byReason(),
      overflowed: store.overflowed(),
    }),
  });
  observeSelf(store, health);
  const read = async (name: string): Promise<Record<string, number>> => {
    const snapshot = (await store.collect()).find(({ spec }) => spec.name === name);
    const told = snapshot?.series.map(({ attributes, value }) => [
      Object.values(attributes).join(' '),
      value,
    ]);
    return Object.fromEntries(told ?? []);
  };
  return { store, refusals, spans, errors, read };
}

describe('telemetry about telemetry', () => {
  test('tells what was exported and what failed, by reason, by the names of the conventions', async () => {
    const { spans, errors, read } = createSelf();
    spans.exported(5);
    spans.failed(2, Object.assign(new Error('Bad Gateway'), { code: 502 }));
    spans.failed(1, new Error('Request timed out'));
    errors.exported(1);

    expect(await read('otel.sdk.exporter.span.exported')).toMatchObject({
      otel: 5,
      'otel status_5xx': 2,
      'otel timeout': 1,
      'otel dns': 0,
    });
    expect(await read('aiq.telemetry.exporter.error.exported')).toMatchObject({ sentry: 1 });
  });

  test('tells each collection the whole sum, not what came since the last', async () => {
    const { spans, read } = createSelf();
    spans.exported(5);
    await read('otel.sdk.exporter.span.exported');
    expect(await read('otel.sdk.exporter.span.exported')).toMatchObject({ otel: 5 });
  });

  test('tells queues, drops and the last success', async () => {
    const { spans, read } = createSelf();
    for (let taken = 0; taken < 11; taken += 1) spans.admit();
    spans.dropped(3);
    spans.exported(1);

    expect(await read('otel.sdk.processor.span.queue.size')).toEqual({ otel: 7 });
    expect(await read('otel.sdk.processor.span.queue.capacity')).toEqual({ otel: 2_048 });
    expect(await read('aiq.telemetry.dropped')).toEqual({ 'traces otel': 3, 'errors sentry': 0 });
    expect(await read('aiq.telemetry.last_success.time')).toEqual({ 'traces otel': 1_767_225_600 });
  });

  test('tells refused calls by reason, and records beyond the budget', async () => {
    const { store, read } = createSelf();
    store.record('nothing', 1, {});
    for (let id = 0; id < 22; id += 1) store.record('open', 1, { id });

    expect(await read('aiq.telemetry.refused')).toMatchObject({ unknown_metric: 1, threw: 0 });
    expect(await read('aiq.telemetry.series.overflow')).toEqual({ '': 2 });
  });
});
