import type { Observability, SignalHealth } from '../../observability.ts';

/** Flushes and closes within a deadline, and tells on standard error what could not be sent. Never throws. */
export async function closeTelemetry(
  observability: Pick<Observability, 'shutdown' | 'health'>,
  timeoutMs: number,
): Promise<void> {
  // Timers and sockets of exporters do not hold the process; this does, for as long as it may.
  const hold = setTimeout(() => {}, timeoutMs + 1_000);
  const startedAtMs = Date.now();
  try {
    const sent = await observability.shutdown({ timeoutMs });
    const lost = describeLost(observability, sent ? 0 : startedAtMs);
    if (sent && lost.length === 0) return;
    const detail = lost.length === 0 ? 'no answer in time' : lost.join('; ');
    const when = sent ? '' : ` within ${timeoutMs} ms`;
    process.stderr.write(`telemetry: not all could be sent${when}: ${detail}\n`);
  } catch (error) {
    process.stderr.write(`telemetry could not be closed: ${String(error)}\n`);
  } finally {
    clearTimeout(hold);
  }
}

/** For the handler of `exit`, where nothing can be sent any more: tells what goes down with the process. */
export function tellUnsent(observability: Pick<Observability, 'health'>, why: string): void {
  const lost = describeLost(observability, Number.POSITIVE_INFINITY);
  if (lost.length > 0) process.stderr.write(`telemetry: not sent, ${why}: ${lost.join('; ')}\n`);
}

/** What is gone for good, a text for each signal and destination; `lastFromMs` is when last values were asked for. */
function describeLost(observability: Pick<Observability, 'health'>, lastFromMs: number): string[] {
  return Object.entries(observability.health().signals).flatMap(([name, signal]) => {
    const { failed, dropped, queue, lastError } = signal;
    const unsent = queue?.size ?? 0;
    // Metrics are cumulative: an export that failed is made good by the next, and the last one counts.
    const isLost =
      name === 'metrics.otel' ? !isLastExported(signal, lastFromMs) : failed + dropped + unsent > 0;
    if (!isLost) return [];
    const more = unsent > 0 ? `, ${unsent} unsent` : '';
    const last = name === 'metrics.otel' ? ', the last values unsent' : '';
    const reason = lastError === undefined ? '' : ` (${lastError})`;
    return [`${name} ${failed} failed, ${dropped} dropped${more}${last}${reason}`];
  });
}

function isLastExported({ lastSuccessAt, lastError }: SignalHealth, fromMs: number): boolean {
  const lastMs = lastSuccessAt === undefined ? 0 : Date.parse(lastSuccessAt);
  return lastMs >= fromMs && lastError === undefined;
}
