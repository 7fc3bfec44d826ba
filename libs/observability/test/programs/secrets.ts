import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import Fastify from 'fastify';
import { runMain } from '../../src/index.ts';
import { observabilityPlugin } from '../../src/integrations/fastify/index.ts';
import { observability } from './instrument.ts';

/** Puts each text that standard input gives (JSON) into every call that can carry one. */
await runMain(observability, async () => {
  const texts = JSON.parse(await readAll(process.stdin)) as string[];
  const app = Fastify({ logger: false });
  await app.register(observabilityPlugin, {
    observability,
    metrics: { paths: [], required: false },
  });
  app.get('/*', async (call) => {
    throw new Error(`cannot answer ${decodeURIComponent(call.url)}`);
  });
  const server = createServer((_, response) => response.end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const text of texts) {
    await observability.startSpan(
      text,
      { attributes: { [text]: 1, text, list: [text, 'b'] } },
      () => say(text, origin),
    );
    await app.inject({ url: `/v1/${encodeURIComponent(text)}?q=${encodeURIComponent(text)}` });
    await observability.flush();
  }
  process.stdout.write(`${(await observability.metricsText()).body}\n`);
  await app.close();
  server.close();
  process.stdout.write('all said\n');
});

async function say(text: string, origin: string): Promise<void> {
  const cause = Object.assign(new Error(text), { name: text, detail: text });
  const error = Object.assign(new TypeError(text, { cause }), { code: 'made_up', query: text });
  const nested = { text, deep: { list: [text], map: new Map([[text, text]]) }, [text]: text };
  observability.recordMetric('things.made', 1, { kind: text } as never);
  observability.recordMetric(text as never, 1, { [text]: text } as never);
  observability.observeGauge('things.stored', () => [{ value: 1, labels: { [text]: text } }]);
  observability.observeGauge('things.stored', () => Promise.reject(new Error(text)));
  observability.setSpanAttribute('said', text);
  observability.setUser({ id: text });
  observability.setContext('job', nested);
  observability.setContext(text, nested);
  observability.setTag('said', text);
  observability.setTag(text, 'said');
  observability.captureError(error, { context: nested, tags: { said: text, [text]: 'said' } });
  observability.captureError(new AggregateError([new Error(text)], text));
  observability.captureError(text);
  observability.captureError({ password: text, nested });
  observability.captureMessage(text, { context: nested });
  observability.recordEvent('said', nested);
  observability.recordEvent(text, nested);
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    observability.logger[level](text, { ...nested, error });
  }
  observability.startSpan('inner', (span) => {
    span.setAttribute(text, text);
    span.setAttributes({ text, nested: nested as never });
    span.recordError(error);
    span.addLink({ traceparent: text, tracestate: text });
  });
  observability.withTraceContext({ traceparent: text, tracestate: text }, () => {
    observability.startSpan('carried', { links: [{ tracestate: text }] }, () => {});
  });
  await Promise.allSettled([
    observability.startSpan('fails', () => Promise.reject(error)),
    fetch(`${origin}/x?q=${encodeURIComponent(text)}&${queryOf(text)}`),
    new Promise((resolve) => {
      request(`${origin}/y?${queryOf(text)}`, (reply) => reply.resume().on('end', resolve)).end();
    }),
  ]);
}

/** The part of a text that is a query already. */
function queryOf(text: string): string {
  return encodeURI(/\?(\S*)/.exec(text)?.[1] ?? '');
}
