import type { MetricStore } from './metric-store.ts';

/** What records go to where nobody reads them: looked at by nothing, kept nowhere. */
export function createDisabledStore(startedAtMs: number): MetricStore {
  return {
    startedAtMs,
    record() {},
    observe: () => () => {},
    collect: async () => [],
    peek: () => [],
    overflowed: () => 0,
    clear() {},
  };
}
