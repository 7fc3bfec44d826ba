import type { Delivery } from './export/delivery.ts';
import type { ObservabilityHealth } from './observability.ts';

/** One signal's way to one destination, as flush and health see it. */
export interface Channel {
  readonly delivery: Delivery;
  /** May hang or reject: it is bounded here. */
  flush(timeoutMs: number): Promise<unknown>;
}

export interface Lifecycle {
  flush(timeoutMs: number): Promise<boolean>;
  shutdown(timeoutMs: number): Promise<boolean>;
  health(): ObservabilityHealth;
}

/** Flushes all signals side by side, each within the deadline, and says whether everything arrived. */
export function createLifecycle(options: {
  readonly channels: readonly Channel[];
  /** Closes providers and clients; what it sends has been flushed before. */
  readonly close: () => Promise<unknown>;
  /** Calls that were not recorded as they were given. */
  readonly refused: () => Pick<ObservabilityHealth, 'refused' | 'refusals' | 'overflowed'>;
  /** True where nothing is sent anywhere. */
  readonly off: boolean;
}): Lifecycle {
  const { channels, close, refused, off } = options;

  return {
    flush,
    async shutdown(timeoutMs) {
      const startedAt = performance.now();
      const sent = await flush(timeoutMs);
      const leftMs = timeoutMs - (performance.now() - startedAt);
      // A destination that did not answer the flush will not answer the close.
      await within(close(), sent ? Math.max(leftMs, 100) : 100);
      for (const { delivery } of channels) delivery.close();
      return sent;
    },
    health() {
      const signals = Object.fromEntries(
        channels.map(({ delivery }) => [delivery.name, delivery.health()]),
      );
      const failing = Object.values(signals).some(({ lastError }) => lastError !== undefined);
      return { status: off ? 'off' : failing ? 'degraded' : 'ok', signals, ...refused() };
    },
  };

  async function flush(timeoutMs: number): Promise<boolean> {
    const results = await Promise.all(
      channels.map(async ({ delivery, flush: flushChannel }) => {
        const failedBefore = delivery.health().failed;
        const done = await within(flushChannel(timeoutMs), timeoutMs);
        return done && delivery.health().failed === failedBefore;
      }),
    );
    return results.every(Boolean);
  }
}

/** True where the work ended well in time. The timer holds the process, so that the work can end. */
async function within(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  const done = work.then(
    (result) => result !== false,
    () => false,
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
