import type { Reception } from '../store/reception.ts';
import type { StoreLimits, TelemetryStore } from '../store/telemetry-store.ts';
import type { StatusAnswer } from './contract/status.ts';

/** The console watches itself. */
export function statusOf(options: {
  readonly store: TelemetryStore;
  readonly reception: Reception;
  readonly limits: StoreLimits & { readonly bodyBytesMax: number };
  readonly memoryUsage: () => { rss: number; heapUsed: number };
  readonly now: () => number;
  readonly startedAtMs: number;
  readonly liveSubscribers: number;
}): StatusAnswer {
  const { store, reception, limits, startedAtMs, liveSubscribers } = options;
  const { rss, heapUsed } = options.memoryUsage();
  return {
    status: 'ok',
    startedAt: new Date(startedAtMs).toISOString(),
    uptimeSeconds: (options.now() - startedAtMs) / 1000,
    ...reception.counts(),
    stored: {
      traces: store.traces.counts(),
      metrics: store.metrics.counts(),
      logs: store.logs.counts(),
      errors: store.errors.counts(),
    },
    limits: { ...limits },
    memory: { rssBytes: rss, heapUsedBytes: heapUsed },
    liveSubscribers,
  };
}
