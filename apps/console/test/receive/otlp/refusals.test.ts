import { gzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { loadOtlpMessages } from '../../../src/receive/otlp/messages.ts';
import { startConsole, test } from '../../running-console.ts';
import { metricsOf, nanosAt, spanOf, tracesOf } from './payloads.ts';

const json = { 'content-type': 'application/json' };
const protobuf = { 'content-type': 'application/x-protobuf' };
const { status: statusType } = loadOtlpMessages();

describe('a malformed request', () => {
  test.for<[string, string]>([
    ['that is no JSON', '{"resourceSpans":'],
    ['that is empty', ''],
    ['that is no object', '[]'],
    ['with text where a list belongs', '{"resourceSpans":"x"}'],
    ['with a number for a name', JSON.stringify(tracesOf([spanOf('1'.repeat(16), { name: 7 })]))],
    [
      'with a time that is no integer',
      JSON.stringify(tracesOf([spanOf('1'.repeat(16), { startTimeUnixNano: 'now' })])),
    ],
    [
      'with attributes nested without end',
      JSON.stringify(tracesOf([spanOf('1'.repeat(16), { attributes: nested(200) })])),
    ],
  ])(
    '%s answers 400 with a google.rpc.Status and stores nothing',
    async ([, body], { console }) => {
      const response = await console.post('/v1/traces', body, json);

      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(await response.json()).toEqual({ code: 3, message: expect.any(String) });
      expect(await console.get('/api/status')).toMatchObject({
        refused: { malformed: 1 },
        stored: { traces: { stored: 0 } },
        lastRefusals: [{ path: '/v1/traces', status: 400 }],
      });
    },
  );

  test('in protobuf is answered in protobuf', async ({ console }) => {
    const response = await console.post('/v1/logs', Buffer.from('no protobuf at all'), protobuf);

    const status = statusType.decode(Buffer.from(await response.arrayBuffer()));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/x-protobuf');
    expect(statusType.toObject(status)).toMatchObject({ code: 3, message: /logs/ });
  });

  test('that claims gzip and is not answers 400', async ({ console }) => {
    const headers = { ...json, 'content-encoding': 'gzip' };

    const response = await console.post('/v1/metrics', '{}', headers);

    expect(response.status).toBe(400);
  });
});

test('another content type, none, or another content encoding answers 415', async ({ console }) => {
  const text = await console.post('/v1/traces', '{}', { 'content-type': 'text/plain' });
  const none = await console.post('/v1/traces', new Uint8Array([0]));
  const brotli = await console.post('/v1/traces', '{}', { ...json, 'content-encoding': 'br' });

  expect([text.status, none.status, brotli.status]).toEqual([415, 415, 415]);
  expect(await text.json()).toMatchObject({ code: 12 });
  expect(await console.get('/api/status')).toMatchObject({ refused: { unsupported: 3 } });
});

test('a body over the limit answers 413, plain or only when decompressed', async () => {
  await using console = await startConsole({ bodyBytesMax: 10_000 });
  const body = JSON.stringify({ padding: 'x'.repeat(20_000) });

  const plain = await console.post('/v1/traces', body, json);
  const bomb = await console.post('/v1/traces', gzipSync(body), {
    ...json,
    'content-encoding': 'gzip',
  });

  expect([plain.status, bomb.status]).toEqual([413, 413]);
  expect(await plain.json()).toMatchObject({ code: 8 });
  expect(await console.get('/api/status')).toMatchObject({ refused: { tooLarge: 2 } });
});

test('a body far over the limit is answered and not cut off', async () => {
  await using console = await startConsole({ bodyBytesMax: 100_000 });

  const response = await console.post('/v1/traces', Buffer.alloc(8 * 2 ** 20), protobuf);

  expect(response.status).toBe(413);
});

test('data points that contradict themselves are rejected, the rest is stored', async ({
  console,
}) => {
  const point = { timeUnixNano: nanosAt(1) };
  const histogram = (dataPoint: object) => ({
    name: 'h',
    histogram: { aggregationTemporality: 2, dataPoints: [{ ...point, ...dataPoint }] },
  });
  const payload = metricsOf([
    { name: 'no value', gauge: { dataPoints: [point] } },
    { name: 'no temporality', sum: { dataPoints: [{ ...point, asInt: '1' }] } },
    histogram({ bucketCounts: ['1', '2'], explicitBounds: [1, 2] }),
    histogram({ bucketCounts: ['1', '2', '3'], explicitBounds: [2, 1] }),
    {
      name: 'e',
      exponentialHistogram: {
        aggregationTemporality: 1,
        dataPoints: [{ ...point, scale: -10, positive: { offset: 2 ** 30, bucketCounts: ['1'] } }],
      },
    },
    {
      name: 'good',
      gauge: {
        dataPoints: [
          { ...point, asInt: '3' },
          { ...point, flags: 1 },
        ],
      },
    },
  ]);

  const response = await console.post('/v1/metrics', JSON.stringify(payload), json);

  expect(await response.json()).toMatchObject({ partialSuccess: { rejectedDataPoints: '5' } });
  expect(await console.series()).toMatchObject([{ name: 'good', value: 3 }]);
});

/** An attribute list with a list of that depth in it. */
function nested(levels: number): object[] {
  const value = Array.from({ length: levels }).reduce<object>(
    (inner) => ({ arrayValue: { values: [inner] } }),
    { stringValue: 'x' },
  );
  return [{ key: 'deep', value }];
}
