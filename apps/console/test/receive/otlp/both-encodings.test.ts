import { gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { loadOtlpMessages, type Signal } from '../../../src/receive/otlp/messages.ts';
import { type RunningConsole, test } from '../../running-console.ts';
import { everyMetric } from './every-metric.ts';
import {
  logsOf,
  nanosAt,
  richTraces,
  rootId,
  spanOf,
  toProtobuf,
  traceId,
  tracesOf,
} from './payloads.ts';

const messages = loadOtlpMessages();

interface Send {
  readonly console: RunningConsole;
  readonly signal: Signal;
  readonly payload: object;
}

/** The four ways in which a payload may travel; each gives the answer's body, which is empty on full success. */
const roads: Readonly<Record<string, (send: Send) => Promise<Response>>> = {
  json: ({ console, signal, payload }) =>
    console.post(`/v1/${signal}`, JSON.stringify(payload), {
      'content-type': 'application/json; charset=utf-8',
    }),
  'gzipped json': ({ console, signal, payload }) =>
    console.post(`/v1/${signal}`, gzipSync(JSON.stringify(payload)), {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    }),
  protobuf: ({ console, signal, payload }) =>
    console.post(`/v1/${signal}`, toProtobuf(signal, payload), {
      'content-type': 'application/x-protobuf',
    }),
  'gzipped protobuf': ({ console, signal, payload }) =>
    console.post(`/v1/${signal}/`, gzipSync(toProtobuf(signal, payload)), {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
    }),
};
const names = Object.keys(roads) as (keyof typeof roads & string)[];

function send(road: string, options: Send): Promise<Response> {
  const post = roads[road];
  if (post === undefined) throw new Error(`no road ${road}`);
  return post(options);
}

describe.for(names)('OTLP by %s', (road) => {
  test('answers success with the empty message in the same encoding', async ({ console }) => {
    const response = await send(road, { console, signal: 'traces', payload: richTraces });

    const body = Buffer.from(await response.arrayBuffer());
    const isJson = road.endsWith('json');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(
      isJson ? 'application/json' : 'application/x-protobuf',
    );
    expect(body.toString()).toBe(isJson ? '{}' : '');
  });

  test('keeps every field of a span', async ({ console }) => {
    await send(road, { console, signal: 'traces', payload: richTraces });

    const trace = await console.get(`/api/traces/${traceId}`);
    expect(trace).toMatchObject({
      name: 'GET /v1/questions/{id}',
      service: 'aiq-backend',
      start: '2026-11-21T10:00:00.000Z',
      durationMs: 12,
      status: 'error',
      spanCount: 2,
      doors: ['otlp'],
      tree: [{ spanId: rootId, children: [{ name: 'SELECT questions', children: [] }] }],
    });
    expect(trace.spans[0]).toMatchObject({
      kind: 'server',
      parentSpanId: null,
      scope: { name: 'tests', version: '1.0.0' },
      startUnixNano: nanosAt(0),
      dropped: { attributes: 3, events: 2, links: 1 },
    });
    expect(Object.entries(trace.spans[0].attributes)).toEqual([
      ['text', 'Grüße'],
      ['flag', true],
      ['whole', -42],
      ['huge', '9223372036854775807'],
      ['real', 0.25],
      ['list', ['a', 2]],
      ['map', { k: false }],
      ['bytes', 'AQID'],
      ['__proto__', 'kept as data'],
      ['nothing', null],
    ]);
    expect(trace.spans[1]).toMatchObject({
      kind: 'client',
      status: 'error',
      statusMessage: 'connection reset',
      events: [{ name: 'retry', time: '2026-11-21T10:00:00.003Z', attributes: { attempt: 2 } }],
      links: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), attributes: {} }],
    });
  });

  test('keeps every field of a log record', async ({ console }) => {
    const payload = logsOf([
      {
        timeUnixNano: nanosAt(1),
        severityNumber: 17,
        severityText: 'ERROR',
        eventName: 'exception',
        body: { kvlistValue: { values: [{ key: 'a', value: { intValue: '1' } }] } },
        attributes: [{ key: 'error.type', value: { stringValue: 'timeout' } }],
        traceId,
        spanId: rootId,
      },
      { observedTimeUnixNano: nanosAt(0), body: { stringValue: 'only observed' } },
    ]);

    await send(road, { console, signal: 'logs', payload });

    const { logs, total } = await console.get('/api/logs');
    expect(total).toBe(2);
    expect(logs[0]).toMatchObject({
      time: '2026-11-21T10:00:00.001Z',
      severityNumber: 17,
      severityText: 'ERROR',
      service: 'aiq-backend',
      eventName: 'exception',
      body: { a: 1 },
      attributes: { 'error.type': 'timeout' },
      traceId,
      spanId: rootId,
      door: 'otlp',
    });
    expect(logs[1]).toMatchObject({ body: 'only observed', traceId: null, eventName: '' });
  });

  test('keeps gauges, sums, histograms of both kinds and summaries with exemplars', async ({
    console,
  }) => {
    await send(road, { console, signal: 'metrics', payload: everyMetric });

    const series = await console.series('?service=aiq-backend');
    expect(series).toMatchObject([
      {
        name: 'counter',
        type: 'counter',
        value: 48,
        labels: { kind: 'a' },
        temporality: 'cumulative',
      },
      {
        name: 'exponential',
        type: 'exponential_histogram',
        value: { count: 5, scale: 0, zeroCount: 1, buckets: [{ upperBound: 2, count: 4 }] },
      },
      { name: 'gauge', type: 'gauge', unit: '1', value: 0.5, temporality: null },
      {
        name: 'histogram',
        type: 'histogram',
        value: {
          count: 4,
          sum: 2.55,
          min: 0.05,
          max: null,
          buckets: [
            { upperBound: 0.1, count: 1 },
            { upperBound: 0.5, count: 2 },
            { upperBound: 1, count: 0 },
            { upperBound: null, count: 1 },
          ],
          p50: expect.closeTo(0.3),
          p99: 1,
        },
        exemplars: [{ value: 0.2, traceId, spanId: rootId, attributes: { user: 'x' } }],
      },
      {
        name: 'summary',
        type: 'summary',
        value: { count: 3, sum: 6, quantiles: [{ quantile: 0.5, value: 2 }] },
      },
    ]);
  });
});

test('partial success is told in the encoding of the request', async ({ console }) => {
  const payload = {
    resourceSpans: [{ scopeSpans: [{ spans: [{ traceId, spanId: '0'.repeat(16), name: 'x' }] }] }],
  };

  const json = await send('json', { console, signal: 'traces', payload });
  const protobuf = await send('protobuf', { console, signal: 'traces', payload });

  const expected = { rejectedSpans: '1', errorMessage: expect.stringContaining('span id') };
  expect(await json.json()).toEqual({ partialSuccess: expected });
  const decoded = messages.response.traces.decode(Buffer.from(await protobuf.arrayBuffer()));
  expect(messages.response.traces.toObject(decoded, { longs: String })).toEqual({
    partialSuccess: expected,
  });
  expect(await console.get('/api/status')).toMatchObject({
    received: { traces: 2 },
    rejected: { traces: 2 },
    stored: { traces: { stored: 0 } },
  });
});

test('JSON may name enum values and write ids in capitals', async ({ console }) => {
  const [resourceSpans] = richTraces.resourceSpans;
  const span = {
    traceId: traceId.toUpperCase(),
    spanId: rootId,
    name: 'x',
    kind: 'SPAN_KIND_PRODUCER',
    status: { code: 'STATUS_CODE_OK' },
    parentSpanId: '',
    attributes: null,
  };
  const payload = {
    resourceSpans: [{ ...resourceSpans, scopeSpans: [{ spans: [span] }], unknownField: 1 }],
  };

  await send('json', { console, signal: 'traces', payload });

  const { spans } = await console.get(`/api/traces/${traceId}`);
  expect(spans).toMatchObject([{ kind: 'producer', status: 'ok', parentSpanId: null }]);
});

test('bytes that are no UTF-8 in a text cost a character, not the request', async ({ console }) => {
  const payload = toProtobuf('traces', tracesOf([spanOf(rootId, { name: 'GET /#' })]));
  payload[payload.indexOf('GET /#') + 5] = 0xff;

  await console.post('/v1/traces', payload, { 'content-type': 'application/x-protobuf' });

  expect(await console.get(`/api/traces/${traceId}`)).toMatchObject({ name: 'GET /\ufffd' });
});
