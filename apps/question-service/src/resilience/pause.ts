import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, but no longer than until `signal` fires; never throws. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    // The signal fired: whoever waits looks at it next.
  }
}
