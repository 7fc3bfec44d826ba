/**
 * Runs `work` with a signal that fires at the deadline, and stops waiting for it then even where it
 * ignores the signal.
 *
 * @throws {DOMException} TimeoutError at the deadline.
 */
export function withDeadline<Result>(
  deadlineMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const signal = AbortSignal.timeout(deadlineMs);
  const expired = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work(signal), expired]);
}
