const lookEveryMs = 5;

/** The longest that this thread worked without letting a timer in. */
export interface Turns {
  /** Since it was asked last. */
  takeLongestMs(): number;
  /** Runs work that does not count. */
  leaveOut(work: () => void): void;
}

/**
 * Watches the event loop by the processor time of its thread, so that what stops it is this program's own work and
 * not that of others on the machine.
 */
export function watchTurns(): Turns {
  let longestMs = 0;
  let before = processorMs();
  setInterval(() => {
    const now = processorMs();
    longestMs = Math.max(longestMs, now - before);
    before = now;
  }, lookEveryMs).unref();
  return {
    takeLongestMs() {
      const longest = longestMs;
      longestMs = 0;
      return longest;
    },
    leaveOut(work) {
      const startedAt = processorMs();
      work();
      before += processorMs() - startedAt;
    },
  };
}

function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
