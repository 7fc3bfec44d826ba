import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Fault, FaultCounters } from './fault.ts';
import { pipeTcp } from './pipe-tcp.ts';

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, the same for as long as the proxy lives, gone or not. */
  readonly url: string;
  readonly counters: FaultCounters;
  /** From now on; connections that there are end, so that none escapes the fault. */
  play(fault: Fault): Promise<void>;
  stop(): Promise<void>;
}

export interface FaultProxyOptions {
  /** Where whole requests go: `http://host:port`. */
  readonly target: string;
  /** `tcp` knows no requests: of the faults it plays none, refused, hang before headers and reset mid-body. */
  readonly mode?: 'http' | 'tcp';
}

/** For an answer of the target. */
const forwardTimeoutMs = 10_000;
const hopHeaders = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/**
 * Starts a proxy on loopback that passes on what comes, until it is told to play a fault.
 *
 * `refused` closes the port; every other fault opens it again where it was.
 */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const { mode = 'http' } = options;
  const target = new URL(options.target);
  const counters = { connections: 0, requests: 0, forwarded: 0, faulted: 0 };
  const sockets = new Set<Socket>();
  let fault: Fault = { kind: 'none' };

  const server: Server =
    mode === 'http'
      ? createServer((message, response) => {
          answer(message, response).catch(() => response.destroy());
        })
      : createTcpServer({ pauseOnConnect: true }, (socket) => {
          if (fault.kind !== 'none') counters.faulted += 1;
          pipeTcp(socket, target, fault, (outgoing) => track(outgoing));
        });
  server.on('connection', (socket) => {
    counters.connections += 1;
    track(socket);
    if (!server.listening) socket.resetAndDestroy();
  });
  await listen(server, 0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const closePort = async (): Promise<void> => {
    const closed = server.listening ? once(server, 'close') : undefined;
    if (server.listening) server.close();
    for (const socket of sockets) socket.resetAndDestroy();
    await closed;
  };

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    counters,
    async play(next) {
      fault = next;
      await closePort();
      if (next.kind !== 'refused') await listen(server, port);
    },
    stop: closePort,
    [Symbol.asyncDispose]: closePort,
  };

  function track(socket: Socket): void {
    sockets.add(socket);
    // Whoever hangs up in the middle is no error of the proxy.
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(message);
    const played = fault;
    counters.requests += 1;
    if (played.kind !== 'none') counters.faulted += 1;
    switch (played.kind) {
      case 'none': {
        const { status, headers, content } = await forward(message, body);
        response.writeHead(status, headers).end(content);
        return;
      }
      case 'refused':
        response.destroy();
        return;
      case 'hang before headers':
        return;
      case 'hang after headers':
        response.writeHead(200, { 'content-length': '100' }).flushHeaders();
        return;
      case 'slow body':
        trickle(response, played.everyMs ?? 100);
        return;
      case 'reset mid-body':
        await forward(message, body);
        response.writeHead(200, { 'content-length': '100' });
        response.write('half of', () => message.socket.resetAndDestroy());
        return;
      case 'status':
        response.writeHead(played.status, retryAfter(played.retryAfterSeconds)).end();
        return;
      case 'garbage':
        await forward(message, body);
        response.writeHead(200, { 'content-type': message.headers['content-type'] ?? '' });
        response.end(Buffer.from('\u0000\u00ff{not what you think', 'latin1'));
        return;
      case 'wrong content type':
        await forward(message, body);
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
        return;
    }
  }

  async function forward(message: IncomingMessage, body: Buffer) {
    const outgoing = request({
      host: target.hostname,
      port: target.port,
      path: message.url,
      method: message.method,
      headers: { ...withoutHops(message.headers), 'content-length': body.length },
      agent: false,
      signal: AbortSignal.timeout(forwardTimeoutMs),
    });
    outgoing.end(body);
    const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
    const content = await buffer(reply);
    counters.forwarded += 1;
    return { status: reply.statusCode ?? 502, headers: withoutHops(reply.headers), content };
  }
}

async function listen(server: Server, port: number): Promise<void> {
  await once(server.listen(port, '127.0.0.1'), 'listening');
}

function withoutHops<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopHeaders.includes(name)));
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

function trickle(response: ServerResponse, everyMs: number): void {
  response.writeHead(200).flushHeaders();
  const timer = setInterval(() => response.write(' '), everyMs);
  response.once('close', () => clearInterval(timer));
}
