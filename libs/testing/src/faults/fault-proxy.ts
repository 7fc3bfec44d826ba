import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerCall } from './answer-call.ts';
import type { Fault, FaultCounters } from './fault.ts';
import { pipeTcp } from './pipe-tcp.ts';

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, the same for as long as the proxy lives, gone or not. */
  readonly url: string;
  readonly counters: FaultCounters;
  /**
   * From now on. What was passed on before is answered as it was to be, what comes meanwhile is cut off; then
   * connections end, so that none escapes the fault.
   */
  play(fault: Fault): Promise<void>;
  stop(): Promise<void>;
}

export interface FaultProxyOptions {
  /** Where whole requests go: `http://host:port`. */
  readonly target: string;
  /**
   * `grpc` plays a status as gRPC's own (`grpcStatusOf`) and a reset as that of a stream. `tcp` knows no requests: of
   * the faults it plays none, refused, hang before headers and reset mid-body. @default http
   */
  readonly mode?: 'http' | 'grpc' | 'tcp';
}

/** For an answer of the target. */
const forwardTimeoutMs = 10_000;
/** How long a change of the fault waits for answers under way. */
const answeredWithinMs = 2_000;
const lookEveryMs = 10;
const passesOn: ReadonlySet<Fault['kind']> = new Set([
  'none',
  'reset mid-body',
  'garbage',
  'wrong content type',
]);
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
  let underWay = 0;
  let isChanging = false;
  let fault: Fault = { kind: 'none' };

  const servers: Readonly<Record<typeof mode, () => Server>> = {
    http: () =>
      createServer((message, response) => {
        answer(message, response).catch(() => response.destroy());
      }),
    grpc: () =>
      createHttp2Server().on('stream', (stream, headers) => {
        // Whoever hangs up in the middle is no error of the proxy.
        stream.on('error', () => {});
        serve(stream as ServerHttp2Stream, headers).catch(() => stream.destroy());
      }),
    tcp: () =>
      createTcpServer({ pauseOnConnect: true }, (socket) => {
        if (fault.kind !== 'none') counters.faulted += 1;
        pipeTcp(socket, target, fault, (outgoing) => track(outgoing));
      }),
  };
  const server = servers[mode]();
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
    // Not reset: that could overtake an answer which the client has not read yet.
    for (const socket of sockets) socket.destroy();
    await closed;
  };

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    counters,
    async play(next) {
      isChanging = true;
      await answered();
      await closePort();
      fault = next;
      isChanging = false;
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

  /** What the target has got must not look lost to the client because the fault changed meanwhile. */
  async function answered(): Promise<void> {
    for (let waitedMs = 0; underWay > 0 && waitedMs < answeredWithinMs; waitedMs += lookEveryMs) {
      await sleep(lookEveryMs);
    }
  }

  function begin(stream: ServerResponse | ServerHttp2Stream): Fault | undefined {
    if (isChanging) return undefined;
    counters.requests += 1;
    if (fault.kind !== 'none') counters.faulted += 1;
    if (passesOn.has(fault.kind)) {
      underWay += 1;
      stream.once('close', () => {
        underWay -= 1;
      });
    }
    return fault;
  }

  async function serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<void> {
    const body = await buffer(stream);
    const played = begin(stream);
    if (played === undefined) {
      stream.destroy();
      return;
    }
    await answerCall({ stream, headers, body }, played, target);
    if (passesOn.has(played.kind)) counters.forwarded += 1;
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(message);
    const played = begin(response);
    if (played === undefined) {
      message.socket.resetAndDestroy();
      return;
    }
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
