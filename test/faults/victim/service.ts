import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { runMain } from '@aiq/observability';
import { observabilityPlugin } from '@aiq/observability/fastify';
import Fastify from 'fastify';
import { observability } from './instrument.ts';
import { idAttribute, type Produced } from './produced.ts';
import { watchTurns } from './watch-turns.ts';

/** Spans below the SERVER span of each request. */
const stepsPerOrder = 10;
/** One order in so many captures an error. */
const ordersPerError = 20;

const produced: Produced = { spans: 0, logs: 0, errors: 0, orders: 0 };
const nextId = (of: keyof Produced): number => {
  produced[of] += 1;
  return produced[of];
};

const turns = watchTurns();

process.on('exit', () => {
  writeSync(1, `end ${JSON.stringify({ produced, health: observability.health() })}\n`);
});

/** A service that tells what it made, so that the suite can compare it with what arrived. */
await runMain(observability, async (stop) => {
  // The end that is measured is that of telemetry, and not of connections that clients keep.
  const app = Fastify({ logger: false, forceCloseConnections: true });
  await app.register(observabilityPlugin, { observability });
  // The plugin writes a line for each request.
  app.addHook('onResponse', async () => {
    produced.logs += 1;
  });
  app.post('/orders', placeOrder);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const control = createServer((request, response) => {
    answerControl(request.url).then(
      (told) => response.end(JSON.stringify(told)),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve));
  const { port } = control.address() as AddressInfo;
  writeSync(1, `ready ${JSON.stringify({ url, controlUrl: `http://127.0.0.1:${port}` })}\n`);

  await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  control.closeAllConnections();
  control.close();
  await app.close();
});

async function placeOrder(): Promise<{ order: number }> {
  observability.setSpanAttribute(idAttribute, nextId('spans'));
  const order = nextId('orders');
  for (let step = 0; step < stepsPerOrder; step += 1) {
    const attributes = { [idAttribute]: nextId('spans'), step };
    await observability.startSpan('order.step', { attributes }, () => nextTurn());
  }
  observability.recordMetric('orders.placed', 1, { kind: order % 3 === 0 ? 'gift' : 'plain' });
  observability.recordMetric('orders.items', order % 11);
  observability.logger.info('order placed', { [idAttribute]: nextId('logs') });
  if (order % ordersPerError === 0) {
    // The error, and the line that says it was captured.
    const context = { [idAttribute]: nextId('errors') };
    produced.logs += 1;
    observability.captureError(new Error('no stock'), { context });
  }
  return { order };
}

async function answerControl(path: string | undefined): Promise<unknown> {
  if (path === '/memory') {
    turns.leaveOut(() => globalThis.gc?.());
    const { heapUsed, rss } = process.memoryUsage();
    const { signals } = observability.health();
    return { heapUsed, rss, longestTurnMs: turns.takeLongestMs(), produced, health: { signals } };
  }
  const isFlushed = await observability.flush({ timeoutMs: 3_000 });
  return { isFlushed, produced };
}
