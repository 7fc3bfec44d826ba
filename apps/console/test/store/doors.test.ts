import { expect } from 'vitest';
import { spanOf, toProtobuf, traceId, tracesOf } from '../receive/otlp/payloads.ts';
import { test } from '../running-console.ts';

const json = { 'content-type': 'application/json' };

test('a span that came by both doors is stored once with both marks', async ({ console }) => {
  const spans = tracesOf([spanOf('a'.repeat(16)), spanOf('b'.repeat(16))]);
  const onlyFirst = tracesOf([spanOf('a'.repeat(16))]);
  const sentryPath = '/api/1/integration/otlp/v1/traces/';

  await console.post('/v1/traces', JSON.stringify(spans), json);
  await console.post(sentryPath, toProtobuf('traces', onlyFirst), {
    'content-type': 'application/x-protobuf',
    'x-sentry-auth': 'Sentry sentry_version=7, sentry_key=x',
  });
  await console.post('/v1/traces', JSON.stringify(onlyFirst), json);

  expect(await console.get(`/api/traces/${traceId}`)).toMatchObject({
    spanCount: 2,
    doors: ['otlp', 'sentry'],
    spans: [
      { spanId: 'a'.repeat(16), doors: ['otlp', 'sentry'] },
      { spanId: 'b'.repeat(16), doors: ['otlp'] },
    ],
  });
  expect(await console.get('/api/status')).toMatchObject({
    requests: { otlp: 2, sentry: 1 },
    received: { traces: 4 },
    stored: { traces: { stored: 2, merged: 1, repeated: 1 } },
  });
});

test('a span that came by the Sentry door alone is marked so', async ({ console }) => {
  const payload = JSON.stringify(tracesOf([spanOf('a'.repeat(16))]));

  await console.post('/api/42/integration/otlp/v1/traces', payload, json);

  expect(await console.get('/api/traces')).toMatchObject({ traces: [{ doors: ['sentry'] }] });
});
