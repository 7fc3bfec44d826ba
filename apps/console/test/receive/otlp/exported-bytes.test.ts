import { expect } from 'vitest';
import { test } from '../../running-console.ts';
import { exportedBytes } from './exported-bytes.ts';
import { traceId } from './payloads.ts';

const protobuf = { 'content-type': 'application/x-protobuf' };

test('reads the spans that a real exporter sent', async ({ console }) => {
  const response = await console.post('/v1/traces', exportedBytes.traces, protobuf);

  expect(response.status).toBe(200);
  expect(await console.get(`/api/traces/${traceId}`)).toMatchObject({
    name: 'POST /v1/test-sessions/{id}/responses',
    durationMs: 12,
    tree: [
      {
        kind: 'server',
        service: 'aiq-backend',
        attributes: {
          'http.response.status_code': 500,
          list: ['a', 'b'],
          ratio: 0.25,
          big: 9007199254740991,
          negative: -3,
          flag: true,
        },
        children: [{ kind: 'client', name: 'SELECT questions', durationMs: 5.5, status: 'error' }],
      },
    ],
  });
});

test('reads the metrics that a real exporter sent', async ({ console }) => {
  await console.post('/v1/metrics', exportedBytes.metrics, protobuf);

  const series = await console.series();
  const byName = Object.fromEntries(series.map((entry: { name: string }) => [entry.name, entry]));
  expect(byName).toMatchObject({
    'questions.generated': { value: 48, unit: '{question}', labels: { difficulty: 'hard' } },
    'http.server.active_requests': { value: -2, type: 'up_down_counter' },
    'inventory.questions': { value: 117.5, type: 'gauge' },
    'http.server.request.duration': {
      instance: 'backend-1',
      value: { count: 4, sum: 2.55, min: 0.05, max: 2, p50: expect.closeTo(0.3) },
    },
    'db.client.operation.duration': {
      type: 'exponential_histogram',
      value: { count: 5, zeroCount: 1, sum: 0.015, p50: expect.closeTo(0.00202, 4) },
    },
  });
});

test('reads the event that a real exporter sent', async ({ console }) => {
  await console.post('/v1/logs', exportedBytes.logs, protobuf);

  const { logs } = await console.get(`/api/logs?traceId=${traceId}&service=aiq-backend`);
  expect(logs).toMatchObject([
    {
      eventName: 'generation_run.completed',
      severityText: 'INFO',
      body: { requested: 48, states: ['ok'] },
      attributes: { seed: 7 },
    },
  ]);
});
