import { describe, expect } from 'vitest';
import { logsOf, metricsOf, nanosAt, spanOf, traceId, tracesOf } from '../receive/otlp/payloads.ts';
import { test as base, type RunningConsole, startConsole } from '../running-console.ts';

const json = { 'content-type': 'application/json' };
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const number = (key: string, value: number) => ({ key, value: { intValue: String(value) } });

/** Asked a minute after what `payloads` sends. */
const test = base.extend<{ console: RunningConsole }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the parameter's shape
  console: async ({}, use) => {
    await using running = await startConsole({}, () => Date.parse('2026-11-21T10:01:00Z'));
    await use(running);
  },
});

async function send(console: RunningConsole, path: string, payload: object): Promise<void> {
  expect((await console.post(path, JSON.stringify(payload), json)).status).toBe(200);
}

const id = (digit: string) => digit.repeat(16);
const server = (spanId: string, endMs: number, more: object = {}) =>
  spanOf(spanId, { kind: 2, name: 'GET /v1/x', endTimeUnixNano: nanosAt(endMs), ...more });

describe('GET /api/overview', () => {
  test('gives rate, errors and exact quantiles of requests within the window', async ({
    console,
  }) => {
    const requests = Array.from({ length: 100 }, (_, index) =>
      server(
        (index + 1).toString(16).padStart(16, '0'),
        index + 1,
        index < 5 ? { status: { code: 2 } } : {},
      ),
    );
    const others = [
      spanOf(id('a')),
      server(id('b'), -120_000, { startTimeUnixNano: nanosAt(-121_000), traceId: 'b'.repeat(32) }),
    ];
    await send(console, '/v1/traces', tracesOf([...requests, ...others]));

    const { total, services, slowestTraces, isEmpty, timesSeconds } = await console.get(
      '/api/overview?windowSeconds=100',
    );

    expect(total).toMatchObject({
      requestCount: 100,
      requestsPerSecond: 1,
      errorCount: 5,
      errorRatio: 0.05,
      p50Ms: 50,
      p95Ms: 95,
      p99Ms: 99,
    });
    expect(services).toMatchObject([{ service: 'aiq-backend', requestCount: 100, spanCount: 101 }]);
    expect(services[0].requestRateSeries).toHaveLength(timesSeconds.length);
    expect(slowestTraces).toMatchObject([{ traceId }]);
    expect(isEmpty).toBe(false);
    const { operations, instances } = await console.get(
      '/api/services/aiq-backend?windowSeconds=100',
    );
    expect(operations).toMatchObject([{ name: 'GET /v1/x', requestCount: 100 }]);
    expect(instances).toEqual(['backend-1']);
  });

  test('says that nothing came', async ({ console }) => {
    expect(await console.get('/api/overview')).toMatchObject({
      isEmpty: true,
      services: [],
      total: { requestCount: 0, errorRatio: null, p50Ms: null },
    });
  });
});

test('GET /api/service-map leads from service to service, and to what has no telemetry of its own', async ({
  console,
}) => {
  const caller = { attributes: [text('service.name', 'caller')] };
  const calls = [
    spanOf(id('1'), { kind: 3, attributes: [text('server.address', 'b')] }),
    spanOf(id('3'), {
      kind: 3,
      attributes: [text('db.system.name', 'postgresql')],
      status: { code: 2 },
    }),
  ];
  await send(console, '/v1/traces', {
    resourceSpans: [{ resource: caller, scopeSpans: [{ spans: calls }] }],
  });
  await send(console, '/v1/traces', tracesOf([server(id('2'), 5, { parentSpanId: id('1') })]));

  const { nodes, edges } = await console.get('/api/service-map');

  expect(nodes.map((node: { id: string }) => node.id).sort()).toEqual([
    'database:postgresql',
    'service:aiq-backend',
    'service:caller',
  ]);
  expect(edges).toMatchObject([
    { from: 'service:caller', to: 'database:postgresql', callCount: 1, errorCount: 1 },
    { from: 'service:caller', to: 'service:aiq-backend', callCount: 1, errorCount: 0 },
  ]);
});

describe('GET /api/traces', () => {
  const many = Array.from({ length: 25 }, (_, index) => ({
    ...server(id('1'), 1_000 * index + ((index * 7) % 25) + 1, {
      startTimeUnixNano: nanosAt(1_000 * index),
      attributes: [number('number', index), text('parity', index % 2 === 0 ? 'even' : 'odd')],
    }),
    traceId: index.toString(16).padStart(32, 'f'),
  }));

  test.for(['newest', 'slowest'])(
    'gives every trace once over pages, %s first',
    async (sort, { console }) => {
      await send(console, '/v1/traces', tracesOf(many));
      const seen: { traceId: string; durationMs: number; start: string }[] = [];
      let cursor = '';
      do {
        const page = await console.get(`/api/traces?sort=${sort}&limit=10${cursor}`);
        expect(page.total).toBe(25);
        seen.push(...page.traces);
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
      } while (cursor !== '');

      const key = ({ durationMs, start }: (typeof seen)[number]) =>
        sort === 'slowest' ? durationMs : Date.parse(start);
      expect(seen).toHaveLength(25);
      expect(new Set(seen.map((trace) => trace.traceId)).size).toBe(25);
      expect(seen.map(key)).toEqual(seen.map(key).toSorted((a, b) => b - a));
    },
  );

  test.for<[string, number]>([
    ['attribute=parity%3Deven', 13],
    ['attribute=parity%3Deven&attribute=number%3D4', 1],
    ['attribute=number%3D4&attribute=parity%3Dodd', 0],
    ['attribute=service.name%3Daiq-backend', 25],
    ['minDurationMs=20', 6],
    ['maxDurationMs=20', 20],
    ['from=2026-11-21T10:00:05Z', 20],
    ['to=2026-11-21T10:00:05Z', 5],
    [`from=${Date.parse('2026-11-21T10:00:05Z')}&to=2026-11-21T10:00:07Z`, 2],
    ['name=V1%2FX', 25],
    ['run=nothing', 0],
  ])('?%s finds %i of 25', async ([query, expected], { console }) => {
    await send(console, '/v1/traces', tracesOf(many));

    expect((await console.get(`/api/traces?${query}`)).total).toBe(expected);
  });

  test.for([
    'cursor=xyz',
    'attribute=novalue',
    'from=yesterday',
    'sort=oldest',
    'minDurationMs=-1',
  ])('?%s is refused', async (query, { console }) => {
    const problem = await console.get(`/api/traces?${query}`);

    expect(problem).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(problem.errors[0].path).toMatch(new RegExp(`^${query.split('=')[0]}`));
  });
});

test.for<[string, number]>([
  ['severity=warn', 2],
  ['severity=error', 1],
  ['text=BOILER', 1],
  ['text=nothing', 0],
  ['service=aiq-backend', 3],
  ['eventName=cooled', 1],
  [`traceId=${traceId}`, 1],
])('GET /api/logs?%s finds %i of 3', async ([query, expected], { console }) => {
  await send(
    console,
    '/v1/logs',
    logsOf([
      {
        timeUnixNano: nanosAt(1),
        severityNumber: 9,
        eventName: 'cooled',
        body: { stringValue: 'x' },
      },
      { timeUnixNano: nanosAt(2), severityNumber: 13, body: { stringValue: 'the boiler is hot' } },
      { timeUnixNano: nanosAt(3), severityNumber: 17, traceId, body: { stringValue: 'y' } },
    ]),
  );

  expect((await console.get(`/api/logs?${query}`)).total).toBe(expected);
});

test('GET /api/error-groups joins what is the same error, and a retried event counts once', async ({
  console,
}) => {
  const event = (eventId: string, value: string, timestamp: number, more: object = {}) => ({
    event_id: eventId,
    timestamp,
    exception: {
      values: [
        {
          type: 'TypeError',
          value,
          stacktrace: {
            frames: [{ function: 'submit', filename: 'a.ts', in_app: true, lineno: timestamp }],
          },
        },
      ],
    },
    ...more,
  });
  const first = event('1'.repeat(32), 'no item 17', 1_795_255_200);
  for (const each of [
    first,
    first,
    event('2'.repeat(32), 'no item 18', 1_795_255_210),
    event('3'.repeat(32), 'no item 19', 1_795_255_205, { fingerprint: ['own'] }),
  ]) {
    await send(console, '/api/1/store/', each);
  }

  const { groups } = await console.get('/api/error-groups');

  expect(groups).toMatchObject([
    {
      type: 'TypeError',
      message: 'no item 18',
      culprit: 'submit in a.ts',
      count: 2,
      firstSeen: '2026-11-21T10:00:00.000Z',
      lastSeen: '2026-11-21T10:00:10.000Z',
    },
    { count: 1, message: 'no item 19' },
  ]);
  const group = await console.get(`/api/error-groups/${groups[0].fingerprint}`);
  expect(group.events.map(({ eventId }: { eventId: string }) => eventId[0])).toEqual(['2', '1']);
});

test('a run is running by its stages, and complete by its root and its event', async ({
  console,
}) => {
  const root = id('9');
  const stage = (spanId: string, name: string, startMs: number, endMs: number, more: object = {}) =>
    spanOf(spanId, {
      name,
      parentSpanId: root,
      startTimeUnixNano: nanosAt(startMs),
      endTimeUnixNano: nanosAt(endMs),
      ...more,
    });
  await send(
    console,
    '/v1/traces',
    tracesOf([
      stage(id('1'), 'pipeline.generation', 100, 300),
      stage(id('2'), 'pipeline.generation', 200, 600, { status: { code: 2 } }),
      stage(id('3'), 'pipeline.storage', 600, 700),
      stage(id('4'), 'db.insert', 610, 650, { parentSpanId: id('3') }),
    ]),
  );
  const running = (await console.get('/api/runs')).runs;

  await send(
    console,
    '/v1/traces',
    tracesOf([
      spanOf(root, {
        name: 'pipeline.run',
        endTimeUnixNano: nanosAt(1_000),
        attributes: [text('run.id', 'r-1')],
      }),
    ]),
  );
  const map = (values: object[]) => ({ kvlistValue: { values } });
  const body = map([
    text('runId', 'r-1'),
    text('state', 'partial'),
    number('requested', 48),
    number('inserted', 40),
    { key: 'rejected', value: map([number('wrong_key', 2), number('ambiguous', 1)]) },
    { key: 'cost', value: map([{ key: 'usd', value: { doubleValue: 0.25 } }]) },
  ]);
  const event = {
    timeUnixNano: nanosAt(990),
    eventName: 'generation_run.completed',
    traceId,
    body,
  };
  await send(console, '/v1/logs', logsOf([event]));

  expect(running).toMatchObject([{ state: 'running', runId: null, traceId, requested: null }]);
  const { runs } = await console.get('/api/runs');
  expect(runs).toMatchObject([
    {
      runId: 'r-1',
      state: 'partial',
      requested: 48,
      rejected: 3,
      costUsd: 0.25,
      durationSeconds: 1,
    },
  ]);
  const run = await console.get('/api/runs/r-1');
  expect(run).toMatchObject({
    stages: [
      {
        stage: 'generation',
        batchCount: 2,
        errorCount: 1,
        seconds: 0.6,
        startOffsetSeconds: 0.1,
        endOffsetSeconds: 0.6,
      },
      { stage: 'storage', batchCount: 1, errorCount: 0, seconds: 0.1 },
    ],
    rejectedByReason: { wrong_key: 2, ambiguous: 1 },
    calls: [{ name: 'db.insert', count: 1, seconds: 0.04 }],
  });
  expect(await console.get(`/api/runs/${traceId}`)).toMatchObject({ runId: 'r-1' });
  expect((await console.get('/api/traces?run=r-1')).total).toBe(1);
});

test('a test session is told by its requests', async ({ console }) => {
  const request = (spanId: string, path: string, code: number) =>
    server(spanId, 5, {
      attributes: [text('url.path', path), number('http.response.status_code', code)],
    });
  await send(
    console,
    '/v1/traces',
    tracesOf([
      request(id('1'), '/v1/test-sessions/s-1/responses', 200),
      request(id('2'), '/v1/test-sessions/s-1/responses', 409),
      request(id('3'), '/v1/test-sessions/s-1/result', 200),
      request(id('4'), '/v1/test-sessions/active', 200),
    ]),
  );

  const { sessions } = await console.get('/api/test-sessions');

  expect(sessions).toMatchObject([
    { sessionId: 's-1', state: 'completed', requestCount: 3, responseCount: 1, refusedCount: 1 },
  ]);
  expect((await console.get('/api/test-sessions/s-1')).requests).toHaveLength(3);
  expect((await console.get('/api/traces?testSession=s-1')).total).toBe(1);
});

describe('GET /api/metrics/:name/query', () => {
  const point = (startMs: number, atMs: number, value: number) => ({
    startTimeUnixNano: nanosAt(startMs),
    timeUnixNano: nanosAt(atMs),
    asInt: String(value),
  });
  const counter = (dataPoints: object[]) =>
    metricsOf([
      {
        name: 'c/d',
        unit: '{x}',
        sum: { aggregationTemporality: 2, isMonotonic: true, dataPoints },
      },
    ]);
  const grid = 'from=2026-11-21T10:00:00Z&to=2026-11-21T10:00:40Z&stepSeconds=10';

  test('spreads what was gained over the time it took, survives a reset and knows no gap', async ({
    console,
  }) => {
    // 20 in 20 s, then another process: 6 in 5 s, and silence.
    await send(console, '/v1/metrics', counter([point(0, 20_000, 20), point(20_000, 25_000, 6)]));

    const answer = await console.get(`/api/metrics/c%2Fd/query?${grid}`);

    expect(answer).toMatchObject({
      type: 'counter',
      function: 'rate',
      unit: '{x}/s',
      stepSeconds: 10,
    });
    expect(answer.lines).toMatchObject([
      { labels: { service: 'aiq-backend' }, values: [1, 1, 0.6, null] },
    ]);
    const increase = await console.get(`/api/metrics/c%2Fd/query?function=increase&${grid}`);
    expect(increase.lines[0].values).toEqual([10, 10, 6, null]);
  });

  test.for([
    'function=quantile',
    'stepSeconds=0',
    'quantiles=2',
    'from=2026-11-22T00:00:00Z',
    'stepSeconds=1&from=0',
  ])('?%s is refused for a counter', async (query, { console }) => {
    await send(console, '/v1/metrics', counter([point(0, 20_000, 20)]));

    const problem = await console.get(`/api/metrics/c%2Fd/query?${query}`);

    expect(problem).toMatchObject({ status: 400, code: 'validation_failed' });
  });

  test('shows exemplars with whether their trace is stored', async ({ console }) => {
    const exemplar = (id: string) => ({
      timeUnixNano: nanosAt(1),
      asDouble: 0.2,
      traceId: id,
      spanId: '2'.repeat(16),
    });
    const data = {
      startTimeUnixNano: nanosAt(0),
      timeUnixNano: nanosAt(10_000),
      count: '4',
      bucketCounts: ['1', '3', '0'],
      explicitBounds: [0.1, 0.5],
      exemplars: [exemplar(traceId), exemplar('1'.repeat(32))],
    };
    await send(
      console,
      '/v1/metrics',
      metricsOf([{ name: 'h', histogram: { aggregationTemporality: 2, dataPoints: [data] } }]),
    );
    await send(console, '/v1/traces', tracesOf([spanOf(id('1'))]));

    const { lines, exemplars } = await console.get(`/api/metrics/h/query?quantiles=0.5&${grid}`);

    expect(lines).toMatchObject([{ quantile: 0.5, lowerBounds: [0.1, null, null, null] }]);
    expect(lines[0].values[0]).toBeCloseTo(0.1 + 0.4 / 3);
    expect(exemplars).toMatchObject([
      { traceId, value: 0.2, traceStored: true },
      { traceId: '1'.repeat(32), traceStored: false },
    ]);
  });
});
