import { eventually } from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { connectRaw, type RawClient } from './harness/raw-client.ts';

let running: TestApp;
let port: number;

beforeAll(async () => {
  running = await startTestApp({
    change: (config) => ({ ...config, http: { ...config.http, requestTimeoutMs: 300 } }),
  });
  await running.app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = running.app.server.address() as { port: number });
});
beforeEach(() => running.telemetry.reset());
afterAll(() => running.close());

const route = '/v1/auth/login';
const head = `POST ${route} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n`;
const awaitsBody = `${head}content-length: 1000\r\n\r\n{`;

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly traceId: string | null;
  readonly requestId: string;
}

/** Writes `first`, then a little of it again and again, until the server closes the connection. */
async function exchange(first: string, drip = ''): Promise<string> {
  const client = await connectRaw(port);
  client.write(first);
  const timer = setInterval(() => client.write(drip), 50);
  try {
    return await client.answer();
  } finally {
    clearInterval(timer);
    client.socket.destroy();
  }
}

function toProblem(answer: string): Problem {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
}

const inFlight = (): number => running.telemetry.metric('http.server.active_requests');

test.for([
  ['says nothing', '', '', 408, 'request_timeout'],
  ['never ends its headers', 'GET / HTTP/1.1\r\nhost: x\r\n', 'x: y\r\n', 408, 'request_timeout'],
  [
    'sends headers without end',
    `GET / HTTP/1.1\r\nx: ${'y'.repeat(40_000)}`,
    '',
    431,
    'headers_too_large',
  ],
  ['speaks another protocol', '\u0016\u0003\u0001\u0000\r\n\r\n', '', 400, 'bad_request'],
  [
    'smuggles a second length',
    `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
    '',
    400,
    'bad_request',
  ],
] as const)(
  'a client that %s is answered before any route, and counted',
  async ([, first, drip, status, code]) => {
    const answer = await exchange(first, drip);

    const problem = toProblem(answer);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('content-type: application/problem+json');
    expect(answer).toContain(`x-request-id: ${problem.requestId}`);
    expect(problem).toMatchObject({ status, code, traceId: null });
    expect(running.telemetry).toHaveRecordedMetric('app.errors', {
      value: 1,
      labels: { 'error.type': code, 'http.route': 'unmatched' },
    });
    expect(running.telemetry).toHaveLogged({
      attributes: { 'error.type': code, request_id: problem.requestId },
    });
  },
);

describe('a body', () => {
  test.for([
    ['that trickles', awaitsBody, ' ', 408, 'request_timeout'],
    ['that stops half-way', awaitsBody, '', 408, 'request_timeout'],
    [
      'in chunks that are none',
      `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`,
      '',
      400,
      'bad_request',
    ],
  ] as const)(
    '%s ends its request, with an answer, a trace and its route',
    async ([, first, drip, status, code]) => {
      const answer = await exchange(first, drip);

      const problem = toProblem(answer);
      const [span, ...others] = running.telemetry.spans();
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(problem).toMatchObject({ status, code, traceId: span?.traceId });
      expect(others).toEqual([]);
      expect(span).toMatchObject({
        attributes: { 'http.route': route, 'http.response.status_code': status },
      });
      expect(running.telemetry.metric('app.errors')).toBe(1);
      expect(running.telemetry).toHaveRecordedMetric('app.errors', {
        labels: { 'error.type': code, 'http.route': route },
      });
      expect(inFlight()).toBe(0);
    },
  );
});

describe('a client that goes away', () => {
  test.for([
    [
      'resets the connection',
      ({ socket }: RawClient) => socket.resetAndDestroy(),
      'request_aborted',
    ],
    ['closes it', ({ socket }: RawClient) => socket.destroy(), 'request_aborted'],
    ['closes its half of it', ({ socket }: RawClient) => socket.end(), 'request_aborted'],
  ] as const)(
    'in the middle of its body and %s is counted as such, never as a failure of ours',
    async ([, leave, code]) => {
      const client = await connectRaw(port, true);
      client.write(awaitsBody);
      await eventually(() => inFlight() === 1);

      leave(client);
      await eventually(() => inFlight() === 0 && running.telemetry.metric('app.errors') === 1);
      client.socket.destroy();

      expect(running.telemetry).toHaveRecordedMetric('app.errors', {
        labels: { 'error.type': code, 'http.route': route },
      });
      expect(running.telemetry.errors()).toEqual([]);
    },
  );

  test('while its answer is made leaves nothing behind', async () => {
    const credentials = JSON.stringify({ email: 'nobody@example.org', password: 'long enough' });
    const client = await connectRaw(port);
    client.write(`${head}content-length: ${credentials.length}\r\n\r\n${credentials}`);
    await eventually(() => inFlight() === 1);

    client.socket.resetAndDestroy();
    await eventually(() => inFlight() === 0);
    await eventually(() => running.telemetry.metric('app.errors') === 1);

    expect(running.telemetry).toHaveRecordedMetric('app.errors', {
      labels: { 'error.type': 'invalid_credentials', 'http.route': route },
    });
    expect(running.telemetry.errors()).toEqual([]);
  });
});
