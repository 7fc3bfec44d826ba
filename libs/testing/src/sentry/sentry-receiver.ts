import { startLoopbackServer } from '../http/loopback-server.ts';
import { decodeOtlp } from '../otlp/otlp-schema.ts';
import { type ReceivedSpan, toSpans } from '../otlp/spans.ts';
import { type EnvelopeItem, parseEnvelope } from './envelope.ts';

/** A request as it came, in the order of arrival. */
export interface SentryRequest {
  readonly path: string;
  readonly project: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body after decompression. */
  readonly body: Buffer;
}

export interface SentryReceiver extends AsyncDisposable {
  /** For `SENTRY_DSN`. */
  readonly dsn: string;
  readonly url: string;
  /** Envelope requests. */
  readonly requests: readonly SentryRequest[];
  /** Requests to Sentry's OTLP traces endpoint. */
  readonly otlpRequests: readonly SentryRequest[];
  /** Error events, parsed. */
  events(): readonly Record<string, unknown>[];
  /** Everything that came in envelopes. */
  items(): readonly EnvelopeItem[];
  /** Spans that came by the OTLP traces endpoint. */
  spans(): readonly ReceivedSpan[];
  /** Forgets everything that was received. */
  clear(): void;
  stop(): Promise<void>;
}

const envelopePath = /^\/api\/([^/]+)\/envelope\/?$/;
const otlpPath = /^\/api\/([^/]+)\/integration\/otlp\/v1\/traces\/?$/;

/**
 * Starts a fake Sentry ingest on loopback that speaks the wire format: envelopes (also gzip, br,
 * deflate) and the OTLP traces endpoint.
 *
 * @param options `port`. Default: a free one.
 */
export async function startSentryReceiver(
  options: { port?: number } = {},
): Promise<SentryReceiver> {
  const requests: SentryRequest[] = [];
  const otlpRequests: SentryRequest[] = [];
  const items: EnvelopeItem[] = [];

  const server = await startLoopbackServer((message, body) => {
    const path = message.url?.split('?')[0] ?? '';
    const { headers } = message;
    const otlp = otlpPath.exec(path);
    if (message.method === 'POST' && otlp) {
      otlpRequests.push({ path, project: otlp[1] ?? '', headers, body });
      return { status: 200, contentType: 'application/json', body: '{}' };
    }
    const envelope = envelopePath.exec(path);
    if (message.method !== 'POST' || !envelope) return { status: 404 };
    requests.push({ path, project: envelope[1] ?? '', headers, body });
    items.push(...parseEnvelope(body));
    return { status: 200, contentType: 'application/json', body: '{}' };
  }, options.port);

  return {
    url: server.url,
    dsn: `http://publickey@127.0.0.1:${server.port}/1`,
    requests,
    otlpRequests,
    events: () =>
      items
        .filter((item) => item.type === 'event')
        .map((item) => item.payload as Record<string, unknown>),
    items: () => [...items],
    spans: () =>
      otlpRequests.flatMap(({ headers, body }) =>
        toSpans(decodeOtlp('traces', String(headers['content-type']), body)),
      ),
    clear() {
      requests.length = 0;
      otlpRequests.length = 0;
      items.length = 0;
    },
    stop: server.stop,
    [Symbol.asyncDispose]: server.stop,
  };
}
