import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { runMain } from '../../src/index.ts';
import { observabilityPlugin, serve } from '../../src/integrations/fastify/index.ts';
import { observability } from './instrument.ts';

/** A service with routes that answer, fail, take their time, call others, and log. Argument: its drain delay. */
async function main(stop: AbortSignal): Promise<void> {
  const app = Fastify({ return503OnClosing: false });
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
  app.get<{ Querystring: { ms: string } }>('/v1/slow', async ({ query }) => {
    await sleep(Number(query.ms));
    return { isStopping: stop.aborted };
  });
  app.get<{ Querystring: { logs: string } }>('/v1/logs', async ({ query }) => {
    for (let at = 0; at < Number(query.logs); at += 1) observability.recordEvent('logged', { at });
    return {};
  });
  const drainDelayMs = Number(process.argv[2] ?? 0);
  await serve(app, { observability, stop, host: '127.0.0.1', port: 0, drainDelayMs });
}

// On a busy machine the last exports take longer than the time that a service gives them.
await runMain(observability, main, { flushTimeoutMs: 15_000 });
