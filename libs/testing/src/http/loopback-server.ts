import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';

export interface LoopbackServer {
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** What a handler answers. */
export interface Reply {
  readonly status: number;
  readonly contentType?: string;
  readonly body?: string;
}

export type Handler = (request: IncomingMessage, body: Buffer) => Reply | Promise<Reply>;

const decoders: Readonly<Record<string, (data: Buffer) => Promise<Buffer>>> = {
  gzip: promisify<Buffer, Buffer>(gunzip),
  deflate: promisify<Buffer, Buffer>(inflate),
  br: promisify<Buffer, Buffer>(brotliDecompress),
  zstd: promisify<Buffer, Buffer>(zstdDecompress),
};

/** Starts an HTTP server on 127.0.0.1 whose handler gets whole, decompressed bodies. */
export async function startLoopbackServer(handler: Handler, port = 0): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    answer(handler, request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(400);
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    stop: () => close(server),
  };
}

async function answer(handler: Handler, request: IncomingMessage, response: ServerResponse) {
  const body = await decompress(await readAll(request), request.headers['content-encoding']);
  const reply = await handler(request, body);
  response.writeHead(
    reply.status,
    reply.contentType ? { 'content-type': reply.contentType } : undefined,
  );
  response.end(reply.body);
}

async function readAll(request: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Undoes a `Content-Encoding` of one step: gzip, deflate, br, zstd. */
export async function decompress(data: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (!encoding || encoding === 'identity') return data;
  const decode = decoders[encoding];
  if (!decode) throw new Error(`unknown content encoding ${encoding}`);
  return decode(data);
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
