import { once } from 'node:events';
import { connect, constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { buffer } from 'node:stream/consumers';
import type { Fault } from './fault.ts';
import { grpcStatusOf } from './grpc-status.ts';

/** A unary call that came whole. */
export interface Call {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const grpcHeaders = { ':status': 200, 'content-type': 'application/grpc' } as const;
const forwardTimeoutMs = 10_000;
/** One message, not compressed, of 1,000 bytes: what comes after it is less. */
const promiseOfMore = Buffer.from([0, 0, 0, 3, 232]);

/** Answers a gRPC call as the fault says; faults of answers pass it on first, as over HTTP. */
export async function answerCall(
  { stream, headers, body }: Call,
  fault: Fault,
  target: URL,
): Promise<void> {
  const passOn = () => forwardCall(target, headers, body);
  switch (fault.kind) {
    case 'none': {
      const { content, trailers } = await passOn();
      endWith(stream, content, trailers);
      return;
    }
    case 'refused':
      stream.close(constants.NGHTTP2_REFUSED_STREAM);
      return;
    case 'hang before headers':
      return;
    case 'hang after headers':
      stream.respond(grpcHeaders);
      return;
    case 'slow body':
      stream.respond(grpcHeaders);
      trickle(stream, fault.everyMs ?? 100);
      return;
    case 'reset mid-body':
      await passOn();
      stream.respond(grpcHeaders);
      stream.write(promiseOfMore, () => stream.destroy(new Error('reset on purpose')));
      return;
    case 'status': {
      const { code, name } = grpcStatusOf(fault.status);
      const status = { 'grpc-status': String(code), 'grpc-message': name };
      stream.respond({ ...grpcHeaders, ...status }, { endStream: true });
      return;
    }
    case 'garbage':
      await passOn();
      endWith(stream, Buffer.from('\u0000\u00ff{not what you think', 'latin1'), {
        'grpc-status': '0',
      });
      return;
    case 'wrong content type':
      await passOn();
      stream.respond({ ':status': 200, 'content-type': 'text/html' });
      stream.end('<h1>It works!</h1>');
      return;
  }
}

async function forwardCall(target: URL, headers: IncomingHttpHeaders, body: Buffer) {
  const session = connect(target);
  try {
    const call = session.request({ ...headers, ':authority': target.host, ':scheme': 'http' });
    call.setTimeout(forwardTimeoutMs, () => call.close(constants.NGHTTP2_CANCEL));
    call.end(body);
    const trailers = once(call, 'trailers');
    trailers.catch(() => {});
    await once(call, 'response');
    const content = await buffer(call);
    const [received] = (await trailers) as [IncomingHttpHeaders];
    return {
      content,
      trailers: {
        'grpc-status': String(received['grpc-status']),
        ...(received['grpc-message'] ? { 'grpc-message': String(received['grpc-message']) } : {}),
      },
    };
  } finally {
    session.close();
  }
}

function endWith(
  stream: ServerHttp2Stream,
  content: Buffer,
  trailers: Readonly<Record<string, string>>,
): void {
  stream.respond(grpcHeaders, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(content);
}

function trickle(stream: ServerHttp2Stream, everyMs: number): void {
  stream.write(promiseOfMore);
  const timer = setInterval(() => stream.write(' '), everyMs);
  stream.once('close', () => clearInterval(timer));
}
