import { once } from 'node:events';
import { connect } from 'node:http2';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Fault,
  type FaultProxy,
  grpcStatusOf,
  type OtlpReceiver,
  startFaultProxy,
  startOtlpReceiver,
} from '../src/index.ts';

let target: OtlpReceiver;
let proxy: FaultProxy;

beforeAll(async () => {
  target = await startOtlpReceiver();
});
afterAll(() => target.stop());
beforeEach(async () => {
  target.clear();
  proxy = await startFaultProxy({ target: target.grpcUrl, mode: 'grpc' });
});
afterEach(() => proxy.stop());

/** An export of no spans: one empty message. How it ends: the status, or what went wrong. */
async function call(): Promise<string> {
  const session = connect(proxy.url);
  const failed = once(session, 'error').then(([error]) => String(error.code));
  try {
    return await Promise.race([failed, unary(session)]);
  } catch (error) {
    return String((error as { code?: unknown }).code);
  } finally {
    session.destroy();
  }
}

async function unary(session: ReturnType<typeof connect>): Promise<string> {
  const stream = session.request({
    ':method': 'POST',
    ':path': '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const signal = AbortSignal.timeout(400);
  let status = 'no status';
  stream.on('trailers', (trailers) => {
    status = String(trailers['grpc-status']);
  });
  stream.end(Buffer.alloc(5));
  const late = once(signal, 'abort').then(() => 'timeout');
  const answered = (async () => {
    const [headers] = await once(stream, 'response');
    const body = await buffer(stream);
    return `${headers['content-type']} ${headers['grpc-status'] ?? status} ${body.length}`;
  })();
  answered.catch(() => {});
  return Promise.race([answered, late]);
}

describe('a proxy over gRPC', () => {
  test('passes a call on, and the answer back', async () => {
    expect(await call()).toBe('application/grpc 0 5');
    expect(target.requests).toHaveLength(1);
    expect(target.requests[0]?.path).toContain('TraceService');
    expect(proxy.counters).toEqual({ connections: 1, requests: 1, forwarded: 1, faulted: 0 });
  });

  test.each<[Fault, string, number]>([
    [{ kind: 'refused' }, 'ECONNREFUSED', 0],
    [{ kind: 'hang before headers' }, 'timeout', 0],
    [{ kind: 'hang after headers' }, 'timeout', 0],
    [{ kind: 'slow body', everyMs: 20 }, 'timeout', 0],
    [{ kind: 'reset mid-body' }, 'ERR_HTTP2_STREAM_ERROR', 1],
    ...[400, 401, 403, 413, 429, 500, 503].map((status): [Fault, string, number] => [
      { kind: 'status', status },
      `application/grpc ${grpcStatusOf(status).code} 0`,
      0,
    ]),
    [{ kind: 'garbage' }, 'application/grpc 0 21', 1],
    [{ kind: 'wrong content type' }, 'text/html no status 18', 1],
  ])('plays %o', async (fault, expected, forwarded) => {
    await proxy.play(fault);

    expect(await call()).toBe(expected);
    expect(target.requests).toHaveLength(forwarded);
    expect(proxy.counters.forwarded).toBe(forwarded);
  });

  test('is gone and comes back on the same port', async () => {
    await proxy.play({ kind: 'refused' });
    expect(await call()).toBe('ECONNREFUSED');
    await proxy.play({ kind: 'none' });
    expect(await call()).toBe('application/grpc 0 5');
  });
});
