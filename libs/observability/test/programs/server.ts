import { request } from 'node:http';
import Fastify from 'fastify';
import { runMain } from '../../src/index.ts';
import { observabilityPlugin } from '../../src/integrations/fastify/index.ts';
import { observability } from './instrument.ts';

/** A service: a route that answers, one that fails, one that calls the first over HTTP and fetch. */
async function serve(stop: AbortSignal): Promise<void> {
  const app = Fastify({ logger: false });
  await app.register(observabilityPlugin, {
    observability,
    metrics: { paths: ['/metrics'], required: false },
  });
  app.get('/v1/things/:id', async () => ({ traceId: observability.activeTrace()?.traceId }));
  app.get('/v1/broken', async () => {
    throw new Error('broken on purpose');
  });
  app.get('/v1/calls', async (call) => {
    const origin = `http://${call.headers.host}`;
    await new Promise((resolve, reject) => {
      request(`${origin}/v1/things/1`, (reply) => reply.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    return (await fetch(`${origin}/v1/things/2`)).json();
  });
  app.get<{ Querystring: { to: string } }>('/v1/by-fetch', async ({ query }) => {
    return (await fetch(query.to)).text();
  });
  app.get<{ Querystring: { to: string } }>('/v1/by-request', async ({ query }) => {
    await new Promise((resolve, reject) => {
      request(query.to, (reply) => reply.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    return '';
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  observability.logger.info('listening', { url });
  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  await app.close();
}

// On a busy machine the last exports take longer than the time that a service gives them.
await runMain(observability, serve, { flushTimeoutMs: 15_000 });
