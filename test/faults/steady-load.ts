import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface LoadOrder {
  readonly url: string;
  readonly perSecond: number;
  readonly seconds: number;
}

export interface LoadResult {
  /** Of the requests that were answered well. */
  readonly latenciesMs: readonly number[];
  readonly failed: number;
}

export interface SteadyLoad extends AsyncDisposable {
  /** Sends for as long as it was told, and waits for the last answer. */
  run(order: LoadOrder): Promise<LoadResult>;
}

/** Requests at a fixed arrival rate from a thread of their own, so that receivers do not stand in their way. */
export function createSteadyLoad(): SteadyLoad {
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url));
  worker.unref();
  return {
    async run(order) {
      const result = once(worker, 'message');
      worker.postMessage(order);
      const [told] = (await result) as [LoadResult];
      return told;
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
