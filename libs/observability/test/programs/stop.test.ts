import { Agent, get, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { eventually, type OtlpReceiver, startOtlpReceiver, startProgram } from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { compileCache, programArguments } from './arguments.ts';

let otlp: OtlpReceiver;

beforeAll(async () => {
  otlp = await startOtlpReceiver();
});
beforeEach(() => otlp.clear());
afterAll(() => otlp.stop());

async function startServer(drainDelayMs: number) {
  const args = programArguments('server', String(drainDelayMs));
  const program = await startProgram('node', args, {
    env: { ...compileCache, OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url },
  });
  const [, url = ''] = await program.waitForLine(/"url":"([^"]+)"/, { timeoutMs: 40_000 });
  return { program, url, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}

/** A client whose connections stay open for as long as the server lets them. */
function createClient(url: string) {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  return async (path: string) => {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${url}${path}`, { agent }, resolve).on('error', reject);
    });
    const { statusCode: status, headers } = response;
    return { status, connection: headers.connection, body: (await json(response)) as object };
  };
}

/** On a connection of its own. */
async function askReady(url: string) {
  const response = await fetch(`${url}/health/ready`, { headers: { connection: 'close' } });
  return { status: response.status, body: (await response.json()) as object };
}

/** Waits until one request is being answered beside the scrape that asks. */
const isInFlight = (url: string) =>
  eventually(async () => {
    const text = await (await fetch(`${url}/metrics`)).text();
    return /^http_server_active_requests\{.*\} 2$/m.test(text);
  });

const isRefused = (url: string) =>
  fetch(`${url}/health/live`).then(
    () => false,
    (error: Error) => String(error.cause).includes('ECONNREFUSED'),
  );

describe('a service that is told to stop', () => {
  test('is unready first, answers what is in flight, closes its port, and sends its spans last', async () => {
    await using server = await startServer(1_500);
    const { program, url } = server;
    const ask = createClient(url);
    expect(await ask('/health/ready')).toMatchObject({ status: 200, connection: 'keep-alive' });
    const slow = ask('/v1/slow?ms=1000');
    await isInFlight(url);

    process.kill(program.pid, 'SIGTERM');
    const red = await eventually(async () => {
      const ready = await askReady(url);
      return ready.status === 503 && ready;
    });
    const meanwhile = await ask('/v1/things/42');
    const answered = await slow;
    await eventually(() => isRefused(url));
    const result = await program.ended;

    expect(red.body).toMatchObject({ status: 'stopping' });
    expect(meanwhile).toMatchObject({ status: 200, connection: 'close' });
    expect(answered).toMatchObject({
      status: 200,
      connection: 'close',
      body: { isStopping: true },
    });
    expect(result).toMatchObject({ code: 143, stderr: '' });
    const names = otlp.spans().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['GET /v1/slow', 'GET /v1/things/:id']));
    expect(otlp.metricValue('http.server.request.duration', { 'http.route': '/v1/slow' })).toBe(1);
  });

  test('is not held by connections that stay open, idle or busy when the signal came', async () => {
    await using server = await startServer(0);
    const { program, url } = server;
    const ask = createClient(url);
    const before = [ask('/v1/things/1'), ask('/v1/slow?ms=700')];
    await before[0];
    await isInFlight(url);
    const askedMs = performance.now();

    const result = await program.stop('SIGTERM');

    expect(await Promise.all(before)).toMatchObject([
      { status: 200, connection: 'keep-alive' },
      { status: 200, connection: 'close', body: { isStopping: true } },
    ]);
    expect(result).toMatchObject({ code: 143, signal: null, stderr: '' });
    expect(performance.now() - askedMs).toBeLessThan(5_000);
  });

  test('twice ends at once, and tells what it did not send', async () => {
    await using server = await startServer(0);
    const { program, url } = server;
    const ask = createClient(url);
    await ask('/v1/things/1');
    const hung = ask('/v1/slow?ms=60000').catch((error: Error) => error);
    await isInFlight(url);

    process.kill(program.pid, 'SIGINT');
    await eventually(() => isRefused(url));
    const result = await program.stop('SIGINT');

    expect(result).toMatchObject({ code: 130, signal: null });
    expect(result.stderr).toContain('stopped at once by a second signal, SIGINT');
    expect(await hung).toBeInstanceOf(Error);
  });
});
