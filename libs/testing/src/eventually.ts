import { setTimeout as sleep } from 'node:timers/promises';

export interface EventuallyOptions {
  /** @default 5_000 */
  readonly timeoutMs?: number;
  /** Time between two looks. @default 25 */
  readonly intervalMs?: number;
  /** What was waited for, or a function that says how things stood at the end. */
  readonly message?: string | (() => string);
}

type NotYet = undefined | null | false;

/**
 * Waits until a condition holds and gives its value; the only wait that tests use.
 *
 * `undefined`, `null`, `false` and a thrown error mean "not yet"; everything else, `0` and the
 * empty text too, is the value. A condition that never answers is given up as well.
 *
 * @throws {Error} After `timeoutMs`, with the last thrown error as cause.
 */
export async function eventually<T>(
  condition: () => T | NotYet | Promise<T | NotYet>,
  options: EventuallyOptions = {},
): Promise<T> {
  const { timeoutMs = 5_000, intervalMs = 25, message = 'the condition did not hold' } = options;
  const stop = new AbortController();
  let cause: unknown;
  const look = async (): Promise<T> => {
    for (;;) {
      try {
        const value = await condition();
        if (value !== undefined && value !== null && value !== false) return value as T;
        cause = undefined;
      } catch (error) {
        cause = error;
      }
      await sleep(intervalMs, undefined, { signal: stop.signal });
    }
  };
  const deadline = async (): Promise<never> => {
    await sleep(timeoutMs, undefined, { signal: stop.signal });
    const words = typeof message === 'string' ? message : message();
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    throw new Error(`Waited ${timeoutMs} ms in vain: ${words}${reason}`, { cause });
  };
  const looking = look();
  const waiting = deadline();
  // The one that loses the race is aborted below and must not count as unhandled.
  looking.catch(() => {});
  waiting.catch(() => {});
  try {
    return await Promise.race([looking, waiting]);
  } finally {
    stop.abort();
  }
}
