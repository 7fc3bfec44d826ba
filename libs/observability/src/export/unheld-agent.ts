import type { ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/**
 * An agent whose sockets do not keep the process alive: a collector that hangs must not keep a program from
 * ending. Whoever waits for an export holds the process with a timer. One connection is kept per destination.
 */
export async function createUnheldAgent(protocol: string): Promise<HttpAgent | HttpsAgent> {
  // Loaded late: instrumentation must have seen these modules first.
  const { Agent } = protocol === 'https:' ? await import('node:https') : await import('node:http');
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
  return agent;
}

function unref(socket: Duplex | null | undefined): void {
  (socket as { unref?: () => void } | null | undefined)?.unref?.();
}
