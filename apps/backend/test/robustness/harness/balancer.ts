import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningBackend } from './running-backend.ts';

/** What stands before the instances: it asks each whether it is ready and knows those that are. */
export interface Balancer extends AsyncDisposable {
  /** At least one, as soon as one was ready. */
  urls(): readonly string[];
  add(backend: RunningBackend): void;
}

const lookEveryMs = 50;

export function startBalancer(): Balancer {
  const backends: RunningBackend[] = [];
  let ready: readonly string[] = [];
  let stopped = false;
  const looking = (async () => {
    while (!stopped) {
      const states = await Promise.all(backends.map((backend) => backend.isReady()));
      const found = backends.filter((_, index) => states[index]).map(({ url }) => url);
      if (found.length > 0) ready = found;
      await sleep(lookEveryMs);
    }
  })();
  return {
    urls: () => ready,
    add: (backend) => backends.push(backend),
    async [Symbol.asyncDispose]() {
      stopped = true;
      await looking;
    },
  };
}
