import type { Clock } from '../clock.ts';

/**
 * Creates a reader of a value that is loaded once in a while: it waits only for the first load; an aged value is
 * given at once and renewed behind. Concurrent callers share one load.
 */
export function createAgedValue<Value>(options: {
  readonly load: () => Promise<Value>;
  /** Whether a loaded value may be given again. */
  readonly isKept: (value: Value) => boolean;
  readonly clock: Clock;
  readonly secondsMax: number;
  /** Told of a renewal that failed; the aged value stays and the next caller tries again. */
  readonly onRenewalError: (error: unknown) => void;
}): () => Promise<Value> {
  const { load, isKept, clock, secondsMax, onRenewalError } = options;
  let kept: { value: Value; loadedAtMs: number } | undefined;
  let loading: Promise<Value> | undefined;

  const renew = (): Promise<Value> => {
    loading ??= load()
      .then((value) => {
        kept = isKept(value) ? { value, loadedAtMs: clock.now().getTime() } : undefined;
        return value;
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  };

  return async () => {
    if (kept === undefined) return renew();
    const ageSeconds = (clock.now().getTime() - kept.loadedAtMs) / 1000;
    if (ageSeconds >= secondsMax) renew().catch(onRenewalError);
    return kept.value;
  };
}
