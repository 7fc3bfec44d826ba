import { describe, expect } from 'vitest';
import {
  childId,
  nanosAt,
  richTraces,
  rootId,
  spanOf,
  traceId,
  tracesOf,
} from '../receive/otlp/payloads.ts';
import { type RunningConsole, test } from '../running-console.ts';

const send = (console: RunningConsole, payload: object) =>
  console.post('/v1/traces', JSON.stringify(payload), { 'content-type': 'application/json' });

describe('GET /api/traces', () => {
  test('lists the newest first and filters by service, name and status', async ({ console }) => {
    const other = { ...spanOf('c'.repeat(16), { name: 'Later' }), traceId: 'c'.repeat(32) };
    const later = { ...other, startTimeUnixNano: nanosAt(100), endTimeUnixNano: nanosAt(101) };
    await send(console, tracesOf([later]));
    await send(console, richTraces);
    const ids = async (query: string) => {
      const { traces } = await console.get(`/api/traces?${query}`);
      return traces.map((trace: { traceId: string }) => trace.traceId);
    };

    expect(await ids('')).toEqual(['c'.repeat(32), traceId]);
    expect(await ids('service=aiq-backend&limit=1')).toEqual(['c'.repeat(32)]);
    expect(await ids('service=nobody')).toEqual([]);
    expect(await ids('name=select')).toEqual([traceId]);
    expect(await ids('status=error')).toEqual([traceId]);
    expect(await ids('status=ok')).toEqual(['c'.repeat(32)]);
  });
});

describe('GET /api/traces/:id', () => {
  test('shows the errors and counts the logs of the trace at their span', async ({ console }) => {
    const event = { event_id: 'e1', contexts: { trace: { trace_id: traceId, span_id: childId } } };
    const log = { traceId, spanId: childId, body: { stringValue: 'x' } };
    await send(console, richTraces);
    await console.post('/api/1/envelope/', `{}\n{"type":"event"}\n${JSON.stringify(event)}`);
    await console.post(
      '/v1/logs',
      JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [log, log] }] }] }),
      { 'content-type': 'application/json' },
    );

    expect(await console.get(`/api/traces/${traceId.toUpperCase()}`)).toMatchObject({
      logCount: 2,
      errors: [{ eventId: 'e1', spanId: childId }],
      spans: [
        { spanId: rootId, errorIds: [], logCount: 0 },
        { spanId: childId, errorIds: ['e1'], logCount: 2 },
      ],
    });
  });

  test('shows every span once, though parents are missing, form a ring or never end', async ({
    console,
  }) => {
    const id = (n: number) => n.toString(16).padStart(16, '0');
    const chain = Array.from({ length: 1_000 }, (_, n) =>
      spanOf(id(n + 1), n === 0 ? {} : { parentSpanId: id(n) }),
    );
    const ring = [
      spanOf(id(2_001), { parentSpanId: id(2_002) }),
      spanOf(id(2_002), { parentSpanId: id(2_001) }),
      spanOf(id(2_003), { parentSpanId: id(2_003) }),
      spanOf(id(2_004), { parentSpanId: id(9_999) }),
    ];
    await send(console, tracesOf([...chain, ...ring]));

    const { tree, spanCount } = await console.get(`/api/traces/${traceId}`);

    const seen = tree.flatMap(function idsOf(node: { spanId: string; children: [] }): string[] {
      return [node.spanId, ...node.children.flatMap(idsOf)];
    });
    expect(spanCount).toBe(1_004);
    expect(seen).toHaveLength(1_004);
    expect(new Set(seen).size).toBe(1_004);
  });
});

describe('a question that cannot be answered', () => {
  test.for<[string, number, string]>([
    ['/api/traces?limit=0', 400, 'validation_failed'],
    ['/api/traces?limit=many', 400, 'validation_failed'],
    ['/api/traces?status=broken', 400, 'validation_failed'],
    ['/api/traces?colour=red', 400, 'validation_failed'],
    ['/api/traces?name=a&name=b', 400, 'validation_failed'],
    ['/api/errors?traceId=xyz', 400, 'validation_failed'],
    ['/api/metrics?limit=3', 400, 'validation_failed'],
    ['/api/logs?door=back', 400, 'validation_failed'],
    ['/api/traces/xyz', 400, 'validation_failed'],
    [`/api/traces/${'1'.repeat(32)}`, 404, 'trace_not_found'],
    ['/api/errors/none', 404, 'error_not_found'],
    ['/api/nothing', 404, 'route_not_found'],
    ['/api/traces/%E0%A4%A', 400, 'malformed_request'],
    [`/api/metrics/${'x'.repeat(2_001)}`, 414, 'malformed_request'],
  ])('%s answers %i %s', async ([path, status, code], { console }) => {
    const problem = await console.get(path);

    expect(problem).toMatchObject({ status, code, title: expect.any(String) });
    expect(problem.requestId).toEqual(expect.any(String));
  });

  test('says which parameters are wrong', async ({ console }) => {
    const { errors } = await console.get('/api/traces?limit=0&status=x');

    expect(errors.map((error: { path: string }) => error.path)).toEqual(['status', 'limit']);
  });
});

test('GET /api lists the endpoints, GET /health/live says that it lives', async ({ console }) => {
  expect((await console.get('/api')).endpoints.join('\n')).toContain('/api/traces/:id');
  expect(await console.get('/health/live')).toEqual({ status: 'ok' });
});
