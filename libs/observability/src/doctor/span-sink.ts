import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

/** A span as http/json has it, as far as it is looked at. */
export interface SunkSpan {
  readonly name: string;
  readonly kind: number;
}

export interface SpanSink extends AsyncDisposable {
  readonly url: string;
  readonly spans: readonly SunkSpan[];
}

/** An OTLP receiver on loopback for http/json that keeps the spans. */
export async function openSpanSink(): Promise<SpanSink> {
  const spans: SunkSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const isZipped = request.headers['content-encoding'] === 'gzip';
      spans.push(...readSpans((isZipped ? gunzipSync(body) : body).toString('utf8')));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function readSpans(text: string): SunkSpan[] {
  const body = JSON.parse(text) as {
    resourceSpans?: { scopeSpans?: { spans?: SunkSpan[] }[] }[];
  };
  return (body.resourceSpans ?? [])
    .flatMap(({ scopeSpans = [] }) => scopeSpans)
    .flatMap(({ spans = [] }) => spans);
}
