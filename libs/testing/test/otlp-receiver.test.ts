import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { freePort, type OtlpReceiver, startOtlpReceiver } from '../src/index.ts';
import { encodeOtlp, type Signal } from '../src/otlp/otlp-schema.ts';
import {
  logs,
  metricsWith,
  parentSpanId,
  spanId,
  traceId,
  traces,
  withBase64Ids,
} from './otlp-fixture.ts';

type Send = (receiver: OtlpReceiver, signal: Signal, request: object) => Promise<void>;

async function post(url: string, contentType: string, body: string | Buffer, gzip = false) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType, ...(gzip ? { 'content-encoding': 'gzip' } : {}) },
    body: gzip ? gzipSync(body) : body,
  });
  expect(response.status).toBe(200);
}

const json: Send = (receiver, signal, request) =>
  post(`${receiver.url}/v1/${signal}`, 'application/json', JSON.stringify(request));
const protobuf: Send = (receiver, signal, request) =>
  post(
    `${receiver.url}/v1/${signal}`,
    'application/x-protobuf',
    encodeOtlp(signal, withBase64Ids(request)),
  );
const gzipped: Send = (receiver, signal, request) =>
  post(
    `${receiver.url}/v1/${signal}`,
    'application/x-protobuf',
    encodeOtlp(signal, withBase64Ids(request)),
    true,
  );

/** A client of the official implementation. */
const grpc: Send = async (receiver, signal, request) => {
  const require = createRequire(
    createRequire(import.meta.url).resolve('@elastic/mockotlpserver/lib/proto.js'),
  );
  const { Client, credentials } = require('@grpc/grpc-js');
  const client = new Client(new URL(receiver.grpcUrl).host, credentials.createInsecure());
  const service = { traces: 'trace.v1.Trace', metrics: 'metrics.v1.Metrics', logs: 'logs.v1.Logs' };
  const path = `/opentelemetry.proto.collector.${service[signal]}Service/Export`;
  const identity = (data: Buffer) => data;
  const body = encodeOtlp(signal, withBase64Ids(request));
  await new Promise<void>((resolve, reject) =>
    client.makeUnaryRequest(path, identity, identity, body, (error: Error | null) =>
      error ? reject(error) : resolve(),
    ),
  );
  client.close();
};

const roads = { json, protobuf, gzipped, grpc };

describe.for(Object.entries(roads))('by %s', ([, send]) => {
  test('spans arrive with ids, kinds, times, values and status as they were sent', async () => {
    await using receiver = await startOtlpReceiver();
    await send(receiver, 'traces', traces);

    expect(receiver.spans()).toEqual([
      {
        service: 'shop',
        name: 'GET /v1/things/{id}',
        kind: 'server',
        traceId,
        spanId,
        parentSpanId,
        attributes: {
          text: '',
          yes: false,
          int: 0,
          big: '9223372036854775807',
          double: 0.5,
          list: ['a', 2],
          map: { a: 1 },
          empty: null,
        },
        status: 'error',
        statusMessage: 'broken',
        startTimeUnixNano: '1700000000123456789',
        endTimeUnixNano: '1700000000125956789',
        durationMs: 2.5,
        events: [{ name: 'retry', attributes: {} }],
        links: [{ traceId, spanId: parentSpanId, attributes: {} }],
        scope: 'test-scope',
        resource: { 'service.name': 'shop', 'service.instance.id': 'one' },
      },
      expect.objectContaining({ name: 'root', kind: 'internal', status: 'unset' }),
    ]);
    expect(receiver.spans()[1]).not.toHaveProperty('parentSpanId');
  });

  test('logs arrive with their event name, body and ids', async () => {
    await using receiver = await startOtlpReceiver();
    await send(receiver, 'logs', logs);

    expect(receiver.logs()).toMatchObject([
      {
        service: 'shop',
        body: { a: 1 },
        severityText: 'INFO',
        severityNumber: 9,
        attributes: { k: 'v' },
        traceId,
        spanId,
        eventName: 'run.completed',
        timeUnixNano: '1700000000123456789',
      },
      { body: 'plain', severityNumber: 0 },
    ]);
    expect(receiver.logs()[1]).not.toHaveProperty('eventName');
    expect(receiver.logs()[1]).not.toHaveProperty('traceId');
  });

  test('metrics arrive with type, temporality, exemplars and buckets', async () => {
    await using receiver = await startOtlpReceiver();
    await send(receiver, 'metrics', metricsWith(7));

    expect(receiver.metrics()).toMatchObject([
      {
        service: 'shop',
        name: 'things.made',
        unit: '{thing}',
        type: 'sum',
        temporality: 'cumulative',
        isMonotonic: true,
        points: [
          { attributes: { kind: 'a' }, value: 7, exemplars: [{ value: 1, traceId, spanId }] },
          { attributes: { kind: 'b' }, value: 0.5 },
        ],
      },
      { name: 'queue.length', type: 'gauge', points: [{ value: 0 }] },
      {
        name: 'work.duration',
        type: 'histogram',
        temporality: 'delta',
        points: [
          { count: 3, sum: 1.5, min: 0.1, max: 1, bounds: [0.5, 1], bucketCounts: [1, 2, 0] },
        ],
      },
    ]);
    expect(receiver.metrics()[1]).not.toHaveProperty('temporality');
  });
});

describe('metricValue', () => {
  test('is what was received last, not the sum of what was received', async () => {
    await using receiver = await startOtlpReceiver();
    await json(receiver, 'metrics', metricsWith(7));
    await protobuf(receiver, 'metrics', metricsWith(9));

    expect(receiver.metricValue('things.made', { kind: 'a' })).toBe(9);
    expect(receiver.metricValue('things.made')).toBe(9.5);
    expect(receiver.metricValue('work.duration')).toBe(3);
  });

  test('tells "received as 0" from "never received"', async () => {
    await using receiver = await startOtlpReceiver();
    await json(receiver, 'metrics', metricsWith(7));

    expect(receiver.metricValue('queue.length')).toBe(0);
    expect(receiver.metricValue('queue.size')).toBeUndefined();
    expect(receiver.metricValue('things.made', { kind: 'c' })).toBeUndefined();
    expect(receiver.metricValue('things.made', {}, 'other-service')).toBeUndefined();
  });
});

describe('startOtlpReceiver', () => {
  test('two receivers in one process do not hear each other', async () => {
    await using first = await startOtlpReceiver();
    await using second = await startOtlpReceiver();
    await protobuf(first, 'traces', traces);
    await grpc(first, 'logs', logs);

    expect(first.spans()).toHaveLength(2);
    expect([...second.spans(), ...second.logs(), ...second.requests]).toEqual([]);
  });

  test('keeps path, content type and headers of every request', async () => {
    await using receiver = await startOtlpReceiver();
    await json(receiver, 'traces', traces);
    await grpc(receiver, 'traces', traces);

    expect(receiver.requests).toMatchObject([
      { transport: 'http', path: '/v1/traces', contentType: 'application/json' },
      { transport: 'grpc', headers: { 'content-type': 'application/grpc' } },
    ]);
  });

  test.for([
    ['/v1/traces', 'application/json', '{"resourceSpans"'],
    ['/v1/traces', 'application/x-protobuf', 'not protobuf at all'],
    ['/v1/traces', 'text/plain', '{}'],
    ['/v2/traces', 'application/json', '{}'],
  ] as const)('answers 400 to what it cannot decode and goes on: %s %s', async (request) => {
    const [path, contentType, body] = request;
    await using receiver = await startOtlpReceiver();
    const headers = { 'content-type': contentType };
    const response = await fetch(receiver.url + path, { method: 'POST', headers, body });
    await json(receiver, 'traces', traces);

    expect(response.status).toBe(400);
    expect(receiver.requests[0]?.error).toBeTruthy();
    expect(receiver.spans()).toHaveLength(2);
  });

  test('an undecodable gRPC message fails the call and nothing else', async () => {
    await using receiver = await startOtlpReceiver();
    const logsAsTraces = grpc(receiver, 'unknown' as Signal, {});

    await expect(logsAsTraces).rejects.toThrow();
    await grpc(receiver, 'traces', traces);
    expect(receiver.spans()).toHaveLength(2);
  });

  test('clear forgets all, stop can be called twice and frees the port', async () => {
    const port = await freePort();
    const receiver = await startOtlpReceiver({ port });
    await json(receiver, 'traces', traces);
    await json(receiver, 'metrics', metricsWith(1));
    receiver.clear();

    expect(receiver.requests).toEqual([]);
    expect([...receiver.spans(), ...receiver.metrics(), ...receiver.logs()]).toEqual([]);
    await receiver.stop();
    await receiver.stop();
    await using again = await startOtlpReceiver({ port });
    expect(new URL(again.url).port).toBe(String(port));
  });
});
