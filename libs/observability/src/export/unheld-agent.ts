import type { ClientRequest, ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** What an agent is given each request by; Node's types leave it out. */
interface TakesRequests {
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void;
}

/**
 * Makes agents whose sockets do not keep the process alive: a collector that hangs must not keep a program from
 * ending. Whoever waits for an export holds the process with a timer. Few connections are kept per destination.
 *
 * @param answerWithinMs For a request and its whole answer, however slowly that trickles in.
 */
export function createUnheldAgent(answerWithinMs: number) {
  return async (protocol: string): Promise<HttpAgent | HttpsAgent> => {
    // Loaded late: instrumentation must have seen these modules first.
    const { Agent } =
      protocol === 'https:' ? await import('node:https') : await import('node:http');
    const agent = new Agent({ keepAlive: true, maxSockets: 4, timeout: 30_000 });
    const create = agent.createConnection.bind(agent);
    agent.createConnection = (options: ClientRequestArgs, callback) => {
      const socket = create(options, callback);
      unref(socket);
      return socket;
    };
    const reuse = agent.reuseSocket.bind(agent);
    agent.reuseSocket = (socket, request) => {
      reuse(socket, request);
      unref(socket);
    };
    const taking = agent as unknown as TakesRequests;
    const add = taking.addRequest.bind(agent);
    taking.addRequest = (request, ...rest) => {
      demandWholeAnswer(request, answerWithinMs);
      add(request, ...rest);
    };
    return agent;
  };
}

/** The exporters take the status for the answer: one that breaks off after a 200 would count as delivered. */
function demandWholeAnswer(request: ClientRequest, answerWithinMs: number): void {
  const timer = setTimeout(
    () => request.destroy(new Error(`no answer within ${answerWithinMs} ms`)),
    answerWithinMs,
  );
  timer.unref();
  request.once('close', () => clearTimeout(timer));
  request.prependOnceListener('response', (response) => {
    response.prependOnceListener('error', () => {
      response.statusCode = 502;
    });
  });
}

function unref(socket: Duplex | null | undefined): void {
  (socket as { unref?: () => void } | null | undefined)?.unref?.();
}
