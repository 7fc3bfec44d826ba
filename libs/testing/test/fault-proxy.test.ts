import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Fault, type FaultProxy, startFaultProxy } from '../src/index.ts';

let target: Server;
let targetUrl: string;
let received: string[] = [];
let proxy: FaultProxy;

beforeAll(async () => {
  target = createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    received.push(`${message.method} ${message.url} ${message.headers['x-scope']} ${body}`);
    response.writeHead(201, { 'x-from': 'target', 'content-type': 'text/plain' }).end('done');
  });
  await once(target.listen(0, '127.0.0.1'), 'listening');
  targetUrl = `http://127.0.0.1:${(target.address() as AddressInfo).port}`;
});
afterAll(() => void target.close());

beforeEach(async () => {
  received = [];
  proxy = await startFaultProxy({ target: targetUrl });
});
afterEach(() => proxy.stop());

const post = () =>
  fetch(`${proxy.url}/v1/traces?a=1`, {
    method: 'POST',
    body: 'spans',
    headers: { 'x-scope': 'seven' },
    signal: AbortSignal.timeout(400),
  });
const sent = 'POST /v1/traces?a=1 seven spans';

/** How a request ends: with a status and a body, or with what went wrong. */
async function outcome(): Promise<string> {
  try {
    const response = await post();
    const status = String(response.status);
    return await response.text().then(
      (text) => `${status} ${text}`,
      (error: Error) => `${status}, then ${reason(error)}`,
    );
  } catch (error) {
    return reason(error as Error);
  }
}

function reason(error: Error): string {
  if (error.name === 'TimeoutError') return 'timeout';
  const { code } = (error.cause ?? error) as { code?: string };
  return code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' ? 'reset' : String(code);
}

describe('a proxy over HTTP', () => {
  test('passes on method, path, headers and body, and the answer back', async () => {
    const response = await post();

    expect(response.status).toBe(201);
    expect(response.headers.get('x-from')).toBe('target');
    expect(await response.text()).toBe('done');
    expect(received).toEqual([sent]);
    expect(proxy.counters).toEqual({ connections: 1, requests: 1, forwarded: 1, faulted: 0 });
  });

  test.each<[Fault, string, number]>([
    [{ kind: 'hang before headers' }, 'timeout', 0],
    [{ kind: 'hang after headers' }, '200, then timeout', 0],
    [{ kind: 'slow body', everyMs: 20 }, '200, then timeout', 0],
    [{ kind: 'reset mid-body' }, '200, then reset', 1],
    ...[400, 401, 403, 413, 429, 500, 503].map((status): [Fault, string, number] => [
      { kind: 'status', status },
      `${status} `,
      0,
    ]),
    [{ kind: 'wrong content type' }, '200 <h1>It works!</h1>', 1],
  ])('plays %o', async (fault, expected, forwarded) => {
    await proxy.play(fault);

    expect(await outcome()).toBe(expected);
    expect(received).toHaveLength(forwarded);
    expect(proxy.counters).toMatchObject({ requests: 1, forwarded, faulted: 1 });
  });

  test('tells when to come again', async () => {
    await proxy.play({ kind: 'status', status: 429, retryAfterSeconds: 7 });

    expect((await post()).headers.get('retry-after')).toBe('7');
  });

  test('answers garbage as what was asked for', async () => {
    await proxy.play({ kind: 'garbage' });

    const response = await post();

    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toMatch(/not what you think$/);
  });

  test('is gone and comes back on the same port', async () => {
    await proxy.play({ kind: 'refused' });
    expect(await outcome()).toBe('ECONNREFUSED');

    await proxy.play({ kind: 'none' });

    expect(await outcome()).toBe('201 done');
  });

  test('lets no kept connection escape a fault', async () => {
    expect(await outcome()).toBe('201 done');

    await proxy.play({ kind: 'status', status: 503 });

    expect(await outcome()).toBe('503 ');
    expect(proxy.counters).toEqual({ connections: 2, requests: 2, forwarded: 1, faulted: 1 });
  });
});

describe('a proxy over raw TCP', () => {
  beforeEach(async () => {
    await proxy.stop();
    proxy = await startFaultProxy({ target: targetUrl, mode: 'tcp' });
  });

  test('passes bytes on, both ways', async () => {
    expect(await outcome()).toBe('201 done');
    expect(received).toEqual([sent]);
    expect(proxy.counters).toEqual({ connections: 1, requests: 0, forwarded: 0, faulted: 0 });
  });

  test.each<[Fault, string]>([
    [{ kind: 'hang before headers' }, 'timeout'],
    [{ kind: 'reset mid-body' }, 'reset'],
    [{ kind: 'refused' }, 'ECONNREFUSED'],
  ])('plays %o', async (fault, expected) => {
    await proxy.play(fault);

    expect(await outcome()).toBe(expected);
  });

  test('ends the connections that there are when it is stopped', async () => {
    await proxy.play({ kind: 'hang before headers' });
    const socket = connect(proxy.port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    const closed = new Promise((resolve) => socket.once('close', resolve));

    await proxy.stop();

    await closed;
    await proxy.stop();
  });
});

test('a change of the fault lets an answer finish that the target is about to give', async () => {
  const slow = createServer((message, response) => {
    message.resume().on('end', () => setTimeout(() => response.end('late'), 150));
  });
  await once(slow.listen(0, '127.0.0.1'), 'listening');
  const { port } = slow.address() as AddressInfo;
  await using toSlow = await startFaultProxy({ target: `http://127.0.0.1:${port}` });
  const answer = fetch(toSlow.url, { method: 'POST', body: 'spans' }).then((reply) => reply.text());
  while (toSlow.counters.requests === 0) await new Promise((resolve) => setImmediate(resolve));

  await toSlow.play({ kind: 'refused' });

  expect(await answer).toBe('late');
  slow.close();
});
