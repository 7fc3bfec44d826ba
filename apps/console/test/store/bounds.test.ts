import { expect } from 'vitest';
import { logsOf, metricsOf, nanosAt, spanOf, tracesOf } from '../receive/otlp/payloads.ts';
import { mebibyte, type RunningConsole, startConsole, test } from '../running-console.ts';

const post = (console: RunningConsole, signal: string, payload: object) =>
  console.post(`/v1/${signal}`, JSON.stringify(payload), { 'content-type': 'application/json' });
/** An id of that many hexadecimal digits, another one for each number. */
const idOf = (number: number, length: number) =>
  `1${number.toString(16).padStart(length - 1, '0')}`;

test('over the limit of spans whole traces go, the one that rested longest first', async () => {
  await using console = await startConsole({ spansMax: 4 });
  const span = (trace: number, id: number) => ({
    ...spanOf(idOf(id, 16)),
    traceId: idOf(trace, 32),
  });

  await post(console, 'traces', tracesOf([span(1, 1), span(2, 2), span(2, 3), span(1, 4)]));
  await post(console, 'traces', tracesOf([span(3, 5)]));

  const { traces } = await console.get('/api/traces');
  expect(traces.map((trace: { traceId: string }) => trace.traceId).sort()).toEqual([
    idOf(1, 32),
    idOf(3, 32),
  ]);
  expect(await console.get('/api/status')).toMatchObject({
    stored: { traces: { traces: 2, stored: 3, dropped: 2 } },
  });
});

test('one endless trace stops growing at the limit and stays', async () => {
  await using console = await startConsole({ spansMax: 3 });
  const spans = [1, 2, 3, 4, 5].map((id) => spanOf(idOf(id, 16)));

  await post(console, 'traces', tracesOf(spans));

  expect(await console.get('/api/traces')).toMatchObject({ traces: [{ spanCount: 3 }] });
  expect(await console.get('/api/status')).toMatchObject({ stored: { traces: { dropped: 2 } } });
});

test('logs, errors and series are bounded, oldest out first', async () => {
  await using console = await startConsole({ logsMax: 2, errorsMax: 2, seriesMax: 2 });
  const numbers = [1, 2, 3];

  await post(
    console,
    'logs',
    logsOf(numbers.map((n) => ({ timeUnixNano: nanosAt(n), body: { intValue: n } }))),
  );
  await post(
    console,
    'metrics',
    metricsOf(
      numbers.map((n) => ({
        name: `m${n}`,
        gauge: { dataPoints: [{ timeUnixNano: nanosAt(1), asInt: n }] },
      })),
    ),
  );
  for (const n of numbers) {
    await console.post('/api/1/envelope/', `{}\n{"type":"event"}\n{"event_id":"${n}"}`);
  }

  expect(await console.get('/api/logs')).toMatchObject({ logs: [{ body: 3 }, { body: 2 }] });
  expect(await console.get('/api/metrics')).toMatchObject({
    metrics: [{ name: 'm2' }, { name: 'm3' }],
  });
  expect(await console.get('/api/errors')).toMatchObject({ total: 2 });
  expect(await console.get('/api/status')).toMatchObject({
    stored: { logs: { dropped: 1 }, metrics: { dropped: 1 }, errors: { dropped: 1 } },
  });
});

test('a store is bounded in memory too: large items push out more', async () => {
  await using console = await startConsole({ bytesMax: mebibyte });
  const spans = Array.from({ length: 20 }, (_, index) => ({
    ...spanOf(idOf(index, 16), {
      attributes: [{ key: 'large', value: { stringValue: 'x'.repeat(100_000) } }],
    }),
    traceId: idOf(index, 32),
  }));

  await post(console, 'traces', tracesOf(spans));

  const { stored } = await console.get('/api/status');
  expect(stored.traces).toMatchObject({ stored: 10, dropped: 10 });
  expect(stored.traces.storedBytes).toBeLessThanOrEqual(mebibyte);
});

test('takes 20,000 spans in a few seconds and answers about them', async ({ console }) => {
  const spans = Array.from({ length: 20_000 }, (_, index) => ({
    ...spanOf(idOf(index, 16), {
      attributes: Array.from({ length: 10 }, (_unused, n) => ({
        key: `attribute.${n}`,
        value: { stringValue: `value ${index} ${n}` },
      })),
    }),
    traceId: idOf(Math.floor(index / 10), 32),
  }));
  const startedAt = performance.now();

  for (let from = 0; from < spans.length; from += 512) {
    await post(console, 'traces', tracesOf(spans.slice(from, from + 512)));
  }

  const { total } = await console.get('/api/traces?service=aiq-backend&limit=10');
  expect(total).toBe(2_000);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
