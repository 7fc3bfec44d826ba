import { describe, expect, test } from 'vitest';
import { type RetryOptions, retry } from '../../src/resilience/retry.ts';

class Failure extends Error {
  readonly isRetryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(isRetryable: boolean, retryAfterMs?: number) {
    super('scripted');
    this.isRetryable = isRetryable;
    this.retryAfterMs = retryAfterMs;
  }
}

const passing = (retryAfterMs?: number) => new Failure(true, retryAfterMs);

/** Attempts that fail with the errors of the script, then succeed; pauses are noted, not waited. */
async function run(script: readonly Failure[], changes: Partial<RetryOptions> = {}) {
  const pauses: number[] = [];
  const attempts: number[] = [];
  const retried: unknown[] = [];
  const options: RetryOptions = {
    attemptsMax: 4,
    baseDelayMs: 100,
    delayMsMax: 250,
    retryAfterMsMax: 5_000,
    assess: (error) => error as Failure,
    random: () => 0.5,
    pause: async (ms) => void pauses.push(ms),
    signal: new AbortController().signal,
    onRetry: (error) => retried.push(error),
    ...changes,
  };
  const end = await retry(options, async (number) => {
    attempts.push(number);
    const failure = script[number - 1];
    if (failure) throw failure;
    return 'done' as const;
  }).catch((error: unknown) => error);
  return { end, pauses, attempts, retried };
}

describe('retry', () => {
  test('tries until it succeeds, after pauses that double up to their bound, by the luck of the draw', async () => {
    const { end, pauses, attempts } = await run([passing(), passing(), passing()]);

    expect(end).toBe('done');
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(pauses).toEqual([50, 100, 125]);
  });

  test('throws the error of the last attempt when none is left', async () => {
    const script = [passing(), passing(), passing(), passing(), passing()];

    const { end, attempts, retried } = await run(script);

    expect(end).toBe(script[3]);
    expect(attempts).toHaveLength(4);
    expect(retried).toEqual(script.slice(0, 3));
  });

  test('tries no more where that cannot help', async () => {
    const refused = new Failure(false);

    const { end, attempts, pauses } = await run([refused]);

    expect(end).toBe(refused);
    expect(attempts).toEqual([1]);
    expect(pauses).toEqual([]);
  });

  test('waits at least as long as it is asked to', async () => {
    const { pauses } = await run([passing(3_000)]);

    expect(pauses).toEqual([3_050]);
  });

  test('gives up rather than wait longer than it may, or come back too early', async () => {
    const asked = passing(5_001);

    const { end, attempts, pauses } = await run([asked]);

    expect(end).toBe(asked);
    expect(attempts).toEqual([1]);
    expect(pauses).toEqual([]);
  });

  test('makes no other attempt once it was stopped, even in the middle of a pause', async () => {
    const stop = new AbortController();
    const first = passing();

    const { end, attempts, retried } = await run([first], {
      signal: stop.signal,
      pause: async () => stop.abort(),
    });

    expect(end).toBe(first);
    expect(attempts).toEqual([1]);
    expect(retried).toEqual([]);
  });
});
