import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';

/**
 * A receiver that reads what comes and says yes: OTLP over HTTP and gRPC, and Sentry's envelopes. It decodes
 * nothing, so that it takes as little of the machine as a receiver can. Tells its ports by IPC.
 */
const http = createServer((request: IncomingMessage, response: ServerResponse) => {
  request.on('data', () => {});
  request.on('end', () => {
    const json = request.headers['content-type']?.includes('json') === true;
    response.writeHead(200, {
      'content-type': json ? 'application/json' : 'application/x-protobuf',
    });
    response.end(json ? '{}' : '');
  });
});
http.keepAliveTimeout = 60_000;

const grpc = createHttp2Server();
grpc.on('stream', (given) => {
  const stream = given as ServerHttp2Stream;
  stream.on('error', () => {});
  stream.on('data', () => {});
  stream.on('end', () => {
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      { waitForTrailers: true },
    );
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    // An empty message, not compressed.
    stream.end(Buffer.alloc(5));
  });
});

http.listen(0, '127.0.0.1', () => grpc.listen(0, '127.0.0.1', tellPorts));
process.on('disconnect', () => process.exit());

function tellPorts(): void {
  const [httpAddress, grpcAddress] = [http.address(), grpc.address()] as AddressInfo[];
  process.send?.({ httpPort: httpAddress?.port, grpcPort: grpcAddress?.port });
}
