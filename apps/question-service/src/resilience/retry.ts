export interface RetryPolicy {
  /** The first attempt included. */
  readonly attemptsMax: number;
  /** The pause after attempt n is drawn from 0 to `baseDelayMs * 2^(n - 1)`, and to `delayMsMax` at most. */
  readonly baseDelayMs: number;
  readonly delayMsMax: number;
  /** The longest wait that the other side may ask for; where it asks for more there is no other attempt. */
  readonly retryAfterMsMax: number;
}

/** Whether another attempt may help, and the least pause before it. */
export interface Retryability {
  readonly isRetryable: boolean;
  readonly retryAfterMs?: number | undefined;
}

export interface RetryOptions extends RetryPolicy {
  readonly assess: (error: unknown) => Retryability;
  /** Uniform on [0, 1). */
  readonly random: () => number;
  /** Waits, but no longer than until the signal fires. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Once it fired there is no attempt but the one under way. */
  readonly signal: AbortSignal;
  /** Called before each attempt after the first, with the error of the one before. */
  readonly onRetry?: (error: unknown) => void;
}

/**
 * Makes attempts, numbered from 1, until one succeeds, and throws the error of the last one. Pauses have full
 * jitter, so that those who failed together do not come back together; what the other side asks to wait
 * is waited in full, with the jitter on top.
 *
 * @see Brooker (2015), Exponential Backoff and Jitter, AWS Architecture Blog.
 */
export async function retry<Result>(
  options: RetryOptions,
  attempt: (number: number) => Promise<Result>,
): Promise<Result> {
  const { attemptsMax, assess, pause, signal, onRetry } = options;
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      const { isRetryable, retryAfterMs = 0 } = assess(error);
      const mayRetry = isRetryable && number < attemptsMax && !signal.aborted;
      if (!mayRetry || retryAfterMs > options.retryAfterMsMax) throw error;
      await pause(retryAfterMs + jitterMs(options, number), signal);
      if (signal.aborted) throw error;
      onRetry?.(error);
    }
  }
}

function jitterMs({ baseDelayMs, delayMsMax, random }: RetryOptions, attempt: number): number {
  return random() * Math.min(delayMsMax, baseDelayMs * 2 ** (attempt - 1));
}
