import {
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { decompress, type LoopbackServer } from '../http/loopback-server.ts';

/** Takes the message of a unary call; what it throws becomes the status of the call. */
export type GrpcHandler = (path: string, headers: IncomingHttpHeaders, message: Buffer) => void;

const statusOk = '0';
const statusInternal = '13';

/** Starts a gRPC server for unary calls on 127.0.0.1 that answers every call with an empty message. */
export async function startGrpcServer(handler: GrpcHandler): Promise<LoopbackServer> {
  const sessions = new Set<Http2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    // A client that goes away in the middle of a call is no concern of the receiver.
    stream.on('error', () => {});
    serve(stream as ServerHttp2Stream, headers, handler).catch(() =>
      stream.close(constants.NGHTTP2_INTERNAL_ERROR),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      if (!server.listening) return;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      });
    },
  };
}

async function serve(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  handler: GrpcHandler,
) {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  let status = statusOk;
  let message = '';
  try {
    const data = await unframe(Buffer.concat(chunks), headers['grpc-encoding']);
    handler(headers[':path'] ?? '', headers, data);
  } catch (error) {
    status = statusInternal;
    message = encodeURIComponent(String(error));
  }
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.once('wantTrailers', () =>
    stream.sendTrailers({ 'grpc-status': status, ...(message ? { 'grpc-message': message } : {}) }),
  );
  // One frame, not compressed, of length 0: the empty message.
  stream.end(status === statusOk ? Buffer.alloc(5) : undefined);
}

/** A message is framed by one byte "compressed" and four bytes of length. */
async function unframe(data: Buffer, encoding: string | string[] | undefined): Promise<Buffer> {
  const length = data.readUInt32BE(1);
  const message = data.subarray(5, 5 + length);
  if (message.length !== length) throw new Error('the message is cut short');
  return data[0] === 1 ? decompress(message, String(encoding)) : message;
}
