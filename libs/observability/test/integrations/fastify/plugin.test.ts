import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { observabilityPlugin } from '../../../src/integrations/fastify/index.ts';
import { createTestObservability } from '../../../src/testing/index.ts';

const telemetry = createTestObservability({ service: 'test' });
const { observability } = telemetry;
let app: FastifyInstance;
let hookTraces: Record<string, string | undefined>;

const trace = (): string | undefined => observability.activeTrace()?.traceId;

beforeEach(async () => {
  telemetry.reset();
  hookTraces = {};
  app = Fastify({ logger: false, bodyLimit: 100, forceCloseConnections: true });
  await app.register(observabilityPlugin, {
    observability,
    readiness: { database: async () => {} },
    metrics: { paths: ['/metrics', '/v1/metrics'], token: 'scrape-token', required: true },
  });
  for (const hook of [
    'preParsing',
    'preValidation',
    'preHandler',
    'onSend',
    'onResponse',
  ] as const) {
    app.addHook(hook as 'preHandler', async () => {
      hookTraces[hook] = trace();
    });
  }
  app.setErrorHandler((error: { statusCode?: number; message: string }, _request, reply) =>
    reply.code(error.statusCode ?? 500).send({ message: error.message, traceId: trace() }),
  );
  app.get('/v1/things/:id', async () => ({ traceId: trace() }));
  app.post('/v1/things', async () => ({ traceId: trace() }));
  app.get('/v1/broken', async () => {
    throw Object.assign(new Error('broken'), { code: 'thing_broken' });
  });
  app.get('/v1/refused', async () => {
    throw Object.assign(new Error('too many'), { statusCode: 429 });
  });
  app.get('/v1/slow', async () => {
    await sleep(300);
    return {};
  });
  app.get('/v1/breaks', (_request, reply) => {
    const body = async function* () {
      yield 'first';
      throw new Error('broken off');
    };
    return reply.send(Readable.from(body()));
  });
  app.get('/v1/hijacked', (_request, reply) => {
    reply.hijack();
    setTimeout(() => {
      hookTraces['hijacked'] = trace();
      reply.raw.end('taken over');
    }, 10);
  });
});

afterEach(() => app.close());

const duration = (labels: Record<string, string | number>): number =>
  telemetry.metric('http.server.request.duration', labels);

describe('one request', () => {
  test('makes one SERVER span with the route template and one measurement', async () => {
    const reply = await app.inject({
      url: '/v1/things/42?token=query-secret',
      headers: { host: 'aiq.test' },
    });
    const [span, ...others] = telemetry.spans();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: 'GET /v1/things/:id',
      kind: 'server',
      status: 'unset',
      traceId: reply.json().traceId,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/v1/things/:id',
        'http.response.status_code': 200,
        'url.path': '/v1/things/42',
        'url.scheme': 'http',
        'server.address': 'aiq.test',
      },
    });
    expect(JSON.stringify(span)).not.toContain('query-secret');
    expect(duration({ 'http.route': '/v1/things/:id', 'http.response.status_code': 200 })).toBe(1);
    expect(telemetry.metric('http.server.active_requests')).toBe(0);
  });

  test('is active in every hook and in the handler, also after a body was read', async () => {
    const reply = await app.inject({ method: 'POST', url: '/v1/things', payload: { name: 'x' } });
    const traceId = telemetry.spans()[0]?.traceId;
    expect(reply.json().traceId).toBe(traceId);
    expect(new Set(Object.values(hookTraces))).toEqual(new Set([traceId]));
    expect(Object.keys(hookTraces)).toHaveLength(5);
  });

  test('takes the trace id of the caller', async () => {
    const traceId = 'a'.repeat(32);
    await app.inject({
      url: '/v1/things/1',
      headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-00` },
    });
    expect(telemetry.spans()[0]).toMatchObject({ traceId, parentSpanId: 'b'.repeat(16) });
  });

  test('writes one log line with its request id', async () => {
    await app.inject({ url: '/v1/things/1', headers: { 'x-request-id': 'abc-1' } });
    expect(telemetry.logs().map((line) => line.attributes['request_id'])).toEqual(['abc-1']);
  });
});

describe('what goes wrong is counted with its status', () => {
  test('an unknown route is unmatched, and never its raw path', async () => {
    await app.inject('/v1/nothing/123');
    expect(telemetry.spans()[0]).toMatchObject({ name: 'GET' });
    expect(telemetry.spans()[0]?.attributes).not.toHaveProperty('http.route');
    expect(duration({ 'http.route': 'unmatched', 'http.response.status_code': 404 })).toBe(1);
  });

  test('a body that is too large is 413, and its error handler sees the trace', async () => {
    const reply = await app.inject({
      method: 'POST',
      url: '/v1/things',
      payload: { x: 'y'.repeat(200) },
    });
    expect(duration({ 'http.route': '/v1/things', 'http.response.status_code': 413 })).toBe(1);
    expect(reply.json().traceId).toBe(telemetry.spans()[0]?.traceId);
  });

  test('a body that is not JSON is 400 with the trace, over a real socket', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const response = await fetch(`http://127.0.0.1:${port}/v1/things`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":',
    });
    const body = (await response.json()) as { traceId?: string };
    await expect.poll(() => telemetry.spans()).toHaveLength(1);
    expect(response.status).toBe(400);
    expect(body.traceId).toBe(telemetry.spans()[0]?.traceId);
  });

  test('a refusal is 429 and no error', async () => {
    await app.inject('/v1/refused');
    expect(duration({ 'http.response.status_code': 429 })).toBe(1);
    expect(telemetry.errors()).toEqual([]);
  });

  test('an error that ends as 500 is captured once, in its trace', async () => {
    await app.inject('/v1/broken');
    const [span] = telemetry.spans();
    expect(duration({ 'http.response.status_code': 500, 'error.type': 'thing_broken' })).toBe(1);
    expect(span).toMatchObject({ status: 'error', attributes: { 'error.type': 'thing_broken' } });
    expect(telemetry.errors()).toHaveLength(1);
    expect(telemetry.errors()[0]).toMatchObject({ traceId: span?.traceId, spanId: span?.spanId });
  });

  test('an unknown method is _OTHER', async () => {
    await app.inject({ method: 'PROPFIND' as 'GET', url: '/v1/things/1' });
    expect(duration({ 'http.request.method': '_OTHER' })).toBe(1);
  });
});

describe('requests without a reply', () => {
  test('a client that goes away ends the span', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /v1/slow HTTP/1.1\r\nhost: x\r\n\r\n');
    await sleep(100);
    socket.destroy();
    await expect.poll(() => telemetry.spans()).toHaveLength(1);
    expect(telemetry.spans()[0]).toMatchObject({
      status: 'error',
      attributes: { 'error.type': 'client_disconnected' },
    });
    await expect.poll(() => telemetry.metric('http.server.active_requests')).toBe(0);
    await sleep(300);
    expect(duration({ 'http.route': '/v1/slow' })).toBe(1);
  });

  test('a response that breaks off in its middle ends the span', async () => {
    await expect(app.inject('/v1/breaks')).rejects.toThrow();
    await expect.poll(() => telemetry.spans()).toHaveLength(1);
    expect(telemetry.spans()[0]?.attributes).toMatchObject({ 'error.type': 'response_aborted' });
    expect(telemetry.metric('http.server.active_requests')).toBe(0);
  });

  test('a hijacked reply keeps its context and ends its span', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    await (await fetch(`http://127.0.0.1:${port}/v1/hijacked`)).text();
    await expect.poll(() => telemetry.spans()).toHaveLength(1);
    expect(hookTraces['hijacked']).toBe(telemetry.spans()[0]?.traceId);
  });
});

describe('X-Request-ID', () => {
  test.each([
    ['abc.DEF_1-2', true],
    ['with space', false],
    ['x'.repeat(129), false],
    ['<script>', false],
  ])('%s is accepted: %s', async (given, accepted) => {
    const reply = await app.inject({ url: '/health/live', headers: { 'x-request-id': given } });
    const returned = reply.headers['x-request-id'];
    if (accepted) expect(returned).toBe(given);
    else expect(returned).toMatch(/^[0-9a-f-]{36}$/);
  });
});
