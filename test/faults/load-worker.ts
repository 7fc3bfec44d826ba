import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import type { LoadOrder, LoadResult } from './steady-load.ts';

/** For an answer; one that comes later is a failed request. */
const answerWithinMs = 10_000;

const agent = new Agent({ keepAlive: true, maxSockets: 128 });

parentPort?.on('message', (order: LoadOrder) => {
  void run(order).then((result) => parentPort?.postMessage(result));
});

/**
 * Sends at the rate, whether answers come or not, and measures from when a request was due: a server that stands
 * still must not make the load wait for it.
 */
async function run({ url, perSecond, seconds }: LoadOrder): Promise<LoadResult> {
  const count = Math.round(perSecond * seconds);
  const startedAt = performance.now();
  const pending: Promise<number | undefined>[] = [];
  while (pending.length < count) {
    const dueAt = startedAt + (pending.length * 1_000) / perSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    else pending.push(send(url).then((isFine) => (isFine ? performance.now() - dueAt : undefined)));
  }
  const latencies = await Promise.all(pending);
  const latenciesMs = latencies.filter((latency) => latency !== undefined);
  return { latenciesMs, failed: count - latenciesMs.length };
}

function send(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(answerWithinMs);
    const sent = request(url, { method: 'POST', agent, signal }, (reply) => {
      reply.on('end', () => resolve(reply.statusCode === 200)).on('error', () => resolve(false));
      reply.resume();
    });
    sent.on('error', () => resolve(false)).end();
  });
}
