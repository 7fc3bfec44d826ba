import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningConsole, startConsole } from '../running-console.ts';
import { everyMetric } from './otlp/every-metric.ts';
import { exportedBytes } from './otlp/exported-bytes.ts';
import { richTraces } from './otlp/payloads.ts';

let console: RunningConsole;
beforeAll(async () => {
  console = await startConsole({ bytesMax: 2 ** 20, spansMax: 500, logsMax: 500, seriesMax: 500 });
});
// Fails where anything unexpected was thrown on the way.
afterAll(() => console[Symbol.asyncDispose]());

const event = JSON.stringify({
  event_id: 'e'.repeat(32),
  timestamp: 1_795_255_200,
  exception: { values: [{ type: 'E', value: 'v', stacktrace: { frames: [{ function: 'f' }] } }] },
  breadcrumbs: [{ timestamp: 1, message: 'm' }],
});
const items = JSON.stringify({
  items: [{ timestamp: 1, name: 'm', type: 'counter', value: 1, attributes: { a: { value: 1 } } }],
});
const seeds: readonly (readonly [path: string, type: string, body: Buffer])[] = [
  ['/v1/traces', 'application/x-protobuf', exportedBytes.traces],
  ['/v1/metrics', 'application/x-protobuf', exportedBytes.metrics],
  ['/v1/logs', 'application/x-protobuf', exportedBytes.logs],
  ['/v1/traces', 'application/json', Buffer.from(JSON.stringify(richTraces))],
  ['/v1/metrics', 'application/json', Buffer.from(JSON.stringify(everyMetric))],
  ['/api/1/integration/otlp/v1/traces', 'application/x-protobuf', exportedBytes.traces],
  [
    '/api/1/envelope/',
    'application/x-sentry-envelope',
    Buffer.from(`{}\n{"type":"event"}\n${event}`),
  ],
  ['/api/1/envelope/', 'text/plain', Buffer.from(`{}\n{"type":"trace_metric"}\n${items}`)],
  ['/api/1/envelope/', 'text/plain', Buffer.from(`{}\n{"type":"log"}\n${items}`)],
  ['/api/1/store/', 'application/json', Buffer.from(event)],
];

type Change = (body: Buffer) => Buffer;

/** Bytes replaced by as many others: what is inside of a message changes, its lengths mostly stay. */
const bytesReplaced: fc.Arbitrary<Change> = fc
  .array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) => (body) => {
    const changed = Buffer.from(body);
    for (const [at, byte] of changes) changed[Math.floor(at * body.length)] = byte;
    return changed;
  });

const bytesInserted: fc.Arbitrary<Change> = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), fc.uint8Array({ maxLength: 12 }))
  .map(([at, length, by]) => (body) => {
    const start = Math.floor(at * body.length);
    return Buffer.concat([body.subarray(0, start), by, body.subarray(start + length)]);
  });

/** Values that a field is not made for; the whole stays JSON. */
const hostile = [
  ...['""', '[]', '{}', 'null', 'true', '0', '-1', '1e400', '1e-400', '4294967296', '1.5'],
  ...['"NaN"', '"-Infinity"', '"9223372036854775807"', '"-1"', '"\\u0000\\ud800"', '"__proto__"'],
  ...['[null]', '[[[]]]', '{"a":{"b":[1]}}', '{"__proto__":{"x":1}}', `"${'x'.repeat(2_000)}"`],
];
const valueReplaced: fc.Arbitrary<Change> = fc
  .tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.constantFrom(...hostile))
  .map(([at, by]) => (body) => {
    const text = body.toString();
    const values = [
      ...text.matchAll(/(?<=[:[,])("(?:[^"\\]|\\.)*"(?!:)|-?\d[\d.e+-]*|true|false|null)/g),
    ];
    const value = values[Math.floor(at * values.length)];
    if (value === undefined) return body;
    return Buffer.from(
      `${text.slice(0, value.index)}${by}${text.slice(value.index + value[0].length)}`,
    );
  });

const bodies = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.oneof(
      { weight: 3, arbitrary: bytesReplaced },
      { weight: 1, arbitrary: bytesInserted },
      { weight: 4, arbitrary: valueReplaced },
    ),
    fc.nat(9),
  )
  .map(([[path, type, body], change, dice]) => ({
    path,
    type,
    body: change(body),
    encoding: ['gzip', 'false gzip'][dice],
  }));

test('whatever is sent is taken or refused, and the console goes on', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, async ({ path, type, body, encoding }) => {
      const sent = encoding === 'gzip' ? gzipSync(body) : body;
      const headers = encoding === undefined ? {} : { 'content-encoding': 'gzip' };

      const response = await console.post(path, new Uint8Array(sent), {
        'content-type': type,
        ...headers,
      });

      expect([200, 400]).toContain(response.status);
      await response.arrayBuffer();
    }),
    { numRuns: 600 },
  );
  const { stored, limits, refused } = await console.get('/api/status');
  // Else nothing was tried: most of it must get past the parser.
  expect(refused.malformed).toBeLessThan(500);
  const sizes = Object.values(stored) as { storedBytes: number }[];
  for (const { storedBytes } of sizes) expect(storedBytes).toBeLessThanOrEqual(limits.bytesMax);
});

test('what came of it can be shown: every answer has its form', async () => {
  const paths = [
    'overview',
    'service-map',
    'traces',
    'logs',
    'errors',
    'error-groups',
    'runs',
    'test-sessions',
  ];
  for (const path of paths) await console.get(`/api/${path}`);
  const { traces } = await console.get('/api/traces');
  for (const { traceId } of traces) await console.get(`/api/traces/${traceId}`);
  const { metrics } = await console.get('/api/metrics');
  for (const { name } of metrics) {
    if (name === '' || name.length > 1_000) continue; // no address of its own
    await console.get(`/api/metrics/${encodeURIComponent(name)}`);
    await console.get(`/api/metrics/${encodeURIComponent(name)}/query?from=0&stepSeconds=86400`);
  }
  const { errors } = await console.get('/api/errors');
  for (const { eventId } of errors) await console.get(`/api/errors/${encodeURIComponent(eventId)}`);

  expect(traces.length).toBeGreaterThan(0);
  expect(metrics.length).toBeGreaterThan(0);
});
