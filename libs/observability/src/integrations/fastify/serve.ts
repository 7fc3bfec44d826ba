import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Observability } from '../../observability.ts';

export interface ServeOptions {
  readonly observability: Pick<Observability, 'logger'>;
  /** What `runMain` gives. */
  readonly stop: AbortSignal;
  readonly host?: string;
  /** 0 takes any free one. */
  readonly port: number;
  /**
   * How long the port stays open after `stop`, in milliseconds, with `/health/ready` red: what a load balancer
   * needs to notice. @default 0
   */
  readonly drainDelayMs?: number;
  /** Work beside the requests, begun once the port is open. It ends when `stop` fires; where it fails, serving ends. */
  readonly beside?: () => Promise<void>;
}

/**
 * Serves until `stop` fires: opens the port and logs its address; then, after the delay, closes it and resolves
 * when all requests in flight are answered. Construct `app` with `return503OnClosing: false`, or requests that
 * arrive meanwhile on open connections are refused.
 *
 * @throws What listening throws, such as EADDRINUSE, and what `beside` throws; `app` is closed all the same.
 */
export async function serve(app: FastifyInstance, options: ServeOptions): Promise<void> {
  const { observability, stop, drainDelayMs = 0, beside, ...address } = options;
  try {
    const url = await app.listen(address);
    observability.logger.info('listening', { url });
    await Promise.all([drained(stop, drainDelayMs), beside?.()]);
  } finally {
    await app.close();
  }
}

async function drained(stop: AbortSignal, delayMs: number): Promise<void> {
  if (!stop.aborted) {
    await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
  }
  await sleep(delayMs);
}
