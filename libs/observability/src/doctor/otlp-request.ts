import { connect } from 'node:http2';
import type { OtlpTarget } from '../export/otlp-exporters.ts';

export type Signal = 'traces' | 'metrics' | 'logs';

/** How an OTLP receiver took an export of nothing. */
export interface OtlpAnswer {
  readonly url: string;
  /** Absent where no answer came. */
  readonly status?: number;
  /** gRPC only; 0 is success. */
  readonly grpcStatus?: number;
  /** The beginning of a text body. */
  readonly text?: string;
  /** The `Date` header. */
  readonly date?: string;
  /** Why no answer came: `ECONNREFUSED`, `timeout`, or the error's own words. */
  readonly failure?: string;
}

const grpcServices = {
  traces: 'trace.v1.TraceService',
  metrics: 'metrics.v1.MetricsService',
  logs: 'logs.v1.LogsService',
} as const;
const textMax = 160;

/** Sends a real, empty export: the receiver checks the address, the credentials and the content type, and stores nothing. */
export async function sendEmptyExport(target: OtlpTarget, signal: Signal): Promise<OtlpAnswer> {
  return target.protocol === 'grpc' ? callGrpc(target, signal) : post(target, signal);
}

/** Posts, and gives the answer or why there is none. Never rejects. */
export async function postBounded(
  url: string,
  init: { headers: Record<string, string>; body: string | Uint8Array<ArrayBuffer> },
  timeoutMs: number,
): Promise<OtlpAnswer> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const reply = await fetch(url, { method: 'POST', redirect: 'manual', signal, ...init });
    const isText = /text|json/.test(reply.headers.get('content-type') ?? 'text');
    const text = reply.ok ? '' : (await reply.text()).trim().slice(0, textMax);
    const date = reply.headers.get('date');
    return {
      url,
      status: reply.status,
      ...(date === null ? {} : { date }),
      ...(isText && text !== '' ? { text } : {}),
    };
  } catch (error) {
    return { url, failure: failureOf(error) };
  }
}

function post(target: OtlpTarget, signal: Signal): Promise<OtlpAnswer> {
  const url = `${target.endpoint.replace(/\/+$/, '')}/v1/${signal}`;
  const isJson = target.protocol === 'http/json';
  const type = isJson ? 'application/json' : 'application/x-protobuf';
  // No fields is a whole message in protobuf.
  const body = isJson ? '{}' : new Uint8Array();
  const headers = { ...target.headers, 'content-type': type };
  return postBounded(url, { headers, body }, target.timeoutMs);
}

function callGrpc(target: OtlpTarget, signal: Signal): Promise<OtlpAnswer> {
  const url = target.endpoint;
  const { promise, resolve } = Promise.withResolvers<OtlpAnswer>();
  const session = connect(url);
  const timer = setTimeout(() => end({ url, failure: 'timeout' }), target.timeoutMs);
  function end(answer: OtlpAnswer): void {
    clearTimeout(timer);
    resolve(answer);
    session.destroy();
  }
  session.on('error', (error) => end({ url, failure: failureOf(error) }));
  const metadata = Object.entries(target.headers).map(([key, value]) => [key.toLowerCase(), value]);
  const stream = session.request({
    ...Object.fromEntries(metadata),
    ':method': 'POST',
    ':path': `/opentelemetry.proto.collector.${grpcServices[signal]}/Export`,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  let answer: OtlpAnswer = { url };
  const note = (headers: Readonly<Record<string, unknown>>): void => {
    const { ':status': status, 'grpc-status': grpcStatus, date } = headers;
    if (typeof status === 'number') answer = { ...answer, status };
    if (grpcStatus !== undefined) answer = { ...answer, grpcStatus: Number(grpcStatus) };
    if (typeof date === 'string') answer = { ...answer, date };
  };
  stream.on('error', (error) => end({ url, failure: failureOf(error) }));
  stream.on('response', note).on('trailers', note);
  stream.on('close', () => end(answer)).resume();
  // A message of no bytes: not compressed, length 0.
  stream.end(Buffer.alloc(5));
  return promise;
}

function failureOf(error: unknown): string {
  const { name, code, cause, message } = error as NodeJS.ErrnoException & { cause?: unknown };
  if (name === 'TimeoutError') return 'timeout';
  if (cause !== undefined) return failureOf(cause);
  return code ?? message;
}
