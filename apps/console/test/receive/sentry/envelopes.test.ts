import { gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { startConsole, test } from '../../running-console.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const eventId = 'e'.repeat(32);

/** An envelope of items whose headers say their length in bytes. */
function envelopeOf(items: readonly [header: object, payload: string | Buffer][], header = {}) {
  const parts = items.flatMap(([itemHeader, payload]) => {
    const bytes = Buffer.from(payload);
    const line = JSON.stringify({ ...itemHeader, length: bytes.length });
    return [Buffer.from(`${line}\n`), bytes, Buffer.from('\n')];
  });
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...parts]);
}

const event = JSON.stringify({
  event_id: eventId,
  timestamp: 1_795_255_200.5,
  level: 'error',
  environment: 'development',
  release: 'aiq@1',
  tags: { service: 'aiq-backend' },
  contexts: { trace: { trace_id: traceId, span_id: spanId } },
  exception: {
    values: [
      {
        type: 'TypeError',
        value: 'Größe is undefined\n',
        mechanism: { handled: false },
        stacktrace: { frames: [{ function: 'submit', lineno: 7 }] },
      },
    ],
  },
});

test('stores error events with their trace, whatever content type the sender gives', async ({
  console,
}) => {
  const body = envelopeOf([[{ type: 'event' }, event]], { event_id: eventId });

  const response = await console.post('/api/1/envelope/?sentry_key=x', new Uint8Array(body));

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ id: eventId });
  const { errors, total } = await console.get(`/api/errors?traceId=${traceId}`);
  expect(total).toBe(1);
  expect(errors).toMatchObject([
    {
      eventId,
      time: '2026-11-21T10:00:00.500Z',
      level: 'error',
      service: 'aiq-backend',
      environment: 'development',
      release: 'aiq@1',
      traceId,
      spanId,
      exceptions: [
        {
          type: 'TypeError',
          value: 'Größe is undefined\n',
          handled: false,
          frames: [{ function: 'submit', line: 7, inApp: false }],
        },
      ],
    },
  ]);
  expect(await console.get(`/api/errors/${eventId}`)).toMatchObject({ event: JSON.parse(event) });
  expect(await console.get(`/api/errors?traceId=${'1'.repeat(32)}`)).toMatchObject({ total: 0 });
});

test('finds the items after a payload of any bytes, newlines and headers among them', async ({
  console,
}) => {
  const binary = Buffer.concat([
    Buffer.from([0, 255, 10, 10]),
    Buffer.from('{"type":"event","length":2}\n{}\n'),
    Buffer.from([0x8f, 10]),
  ]);
  const body = envelopeOf([
    [{ type: 'attachment', filename: 'core' }, binary],
    [{ type: 'attachment' }, ''],
    [{ type: 'event' }, event],
  ]);

  const response = await console.post('/api/1/envelope/', gzipSync(body), {
    'content-encoding': 'gzip',
  });

  expect(await response.json()).toEqual({ id: eventId });
  expect(await console.get('/api/status')).toMatchObject({
    sentry: { items: { attachment: 2, event: 1 } },
    stored: { errors: { stored: 1 } },
  });
});

test('counts sessions, client reports, metrics and unknown items, and stores logs', async ({
  console,
}) => {
  const log = { timestamp: 1_795_255_200, level: 'warn', body: 'slow', trace_id: traceId };
  const attributes = { 'service.name': { value: 'aiq-backend', type: 'string' } };
  const body = envelopeOf([
    [{ type: 'session' }, '{"sid":"1","status":"exited"}'],
    [
      { type: 'client_report' },
      '{"discarded_events":[{"reason":"queue_overflow","category":"error","quantity":3}]}',
    ],
    [{ type: 'log', item_count: 1 }, JSON.stringify({ items: [{ ...log, attributes }] })],
    [{ type: 'trace_metric', item_count: 4 }, '{"items":[]}'],
    [{ type: 'profile_chunk' }, 'not even JSON'],
  ]);

  const response = await console.post('/api/7/envelope', new Uint8Array(body));

  expect(await response.json()).toEqual({ id: 'c'.repeat(32) });
  expect(await console.get('/api/status')).toMatchObject({
    sentry: {
      items: { session: 1, client_report: 1, log: 1, trace_metric: 4, profile_chunk: 1 },
      clientReports: { 'error/queue_overflow': 3 },
      sessions: { exited: 1 },
    },
  });
  expect(await console.get(`/api/logs?traceId=${traceId}&door=sentry`)).toMatchObject({
    logs: [{ body: 'slow', severityNumber: 13, service: 'aiq-backend', door: 'sentry' }],
  });
});

test('an item without a length ends at the next newline', async ({ console }) => {
  const response = await console.post('/api/1/envelope/', `{}\n{"type":"event"}\n${event}`);

  expect(await response.json()).toEqual({ id: eventId });
});

describe('an envelope', () => {
  test.for<[string, string]>([
    ['whose header is no JSON', 'x\n'],
    ['with an item without a type', '{}\n{"length":2}\n{}\n'],
    ['with a length beyond the end', '{}\n{"type":"event","length":900}\n{}\n'],
    ['with a length inside the payload', '{}\n{"type":"event","length":1}\n{}\n'],
    ['with a negative length', '{}\n{"type":"event","length":-1}\n{}\n'],
    ['whose event is no object', '{}\n{"type":"event"}\n[1]\n'],
    ['nested without end', `{}\n{"type":"event"}\n{"a":${'['.repeat(5e4)}${']'.repeat(5e4)}}\n`],
  ])('%s answers 400 and stores nothing', async ([, body], { console }) => {
    const response = await console.post('/api/1/envelope/', body);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'malformed_envelope' });
    expect(await console.get('/api/status')).toMatchObject({
      refused: { malformed: 1 },
      stored: { errors: { stored: 0 } },
    });
  });
});

test('an envelope over the limit answers 413', async () => {
  await using console = await startConsole({ bodyBytesMax: 2_000 });

  const response = await console.post('/api/1/envelope/', `{}\n${'x'.repeat(5_000)}`);

  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: 'body_too_large' });
});

test('keeps metric items as series of their own: increments, levels and observations', async ({
  console,
}) => {
  const item = (name: string, type: string, value: unknown) => ({
    timestamp: 1_795_255_200,
    trace_id: traceId,
    span_id: spanId,
    name,
    type,
    unit: 'second',
    value,
    attributes: {
      kind: { value: 'a', type: 'string' },
      'service.name': { value: 'aiq-backend', type: 'string' },
    },
  });
  const items = [
    item('c', 'counter', 2),
    item('c', 'counter', 3),
    item('g', 'gauge', 7),
    item('d', 'distribution', 0.5),
    item('d', 'distribution', 2),
    item('d', 'histogram', 1),
    item('c', 'counter', 'many'),
  ];
  const body = envelopeOf([[{ type: 'trace_metric' }, JSON.stringify({ version: 2, items })]]);

  await console.post('/api/1/envelope/', new Uint8Array(body));

  const common = { door: 'sentry', service: 'aiq-backend', unit: 's', labels: { kind: 'a' } };
  expect(await console.series()).toMatchObject([
    { ...common, name: 'c', type: 'counter', value: 5 },
    {
      ...common,
      name: 'd',
      type: 'exponential_histogram',
      value: { count: 2, sum: 2.5, min: 0.5, max: 2 },
      exemplars: [
        { value: 0.5, traceId, spanId },
        { value: 2, traceId, spanId },
      ],
    },
    { ...common, name: 'g', type: 'gauge', value: 7 },
  ]);
  expect(await console.get('/api/status')).toMatchObject({
    received: { metrics: 7 },
    rejected: { metrics: 2 },
  });
});

test('counts the sessions that a server adds up', async ({ console }) => {
  const aggregates = [{ started: '2026-11-21T10:00:00Z', exited: 40, crashed: 2 }];
  const body = envelopeOf([[{ type: 'sessions' }, JSON.stringify({ aggregates })]]);

  await console.post('/api/1/envelope/', new Uint8Array(body));

  expect(await console.get('/api/status')).toMatchObject({
    sentry: { sessions: { exited: 40, crashed: 2 } },
  });
});
