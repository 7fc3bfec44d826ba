import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';

interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly traceparent: string | undefined;
  readonly body: RunSummary;
}

/** A backend that answers with the scripted statuses, then with 200; 0 breaks the connection. */
export async function startBackend(script: readonly number[]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const body = await read(request);
    const status = script[received.length] ?? 200;
    const { authorization } = headers;
    const traceparent = headers['traceparent']?.toString();
    received.push({ method, path: url, authorization, traceparent, body });
    if (status === 0) response.destroy();
    else response.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function read(request: IncomingMessage): Promise<RunSummary> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as RunSummary;
}
