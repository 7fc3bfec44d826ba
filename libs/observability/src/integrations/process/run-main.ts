import type { Observability } from '../../observability.ts';

const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;
type StopSignal = keyof typeof signalNumbers;

/** What Node itself says of a program that has nothing left to do before its main is done. */
const exitCodeUnsettled = 13;

export interface RunMainOptions {
  /** For telemetry, after main is done. @default 3_000 */
  readonly flushTimeoutMs?: number;
  /** For main, after a signal asked it to stop. @default 30_000 */
  readonly stopTimeoutMs?: number;
}

/**
 * Runs a program to its end. SIGTERM and SIGINT abort `stop`, a second one exits at once; an uncaught error is
 * captured; telemetry is flushed last, within a deadline, and what could not be sent is told on standard error.
 *
 * Exit code: what `main` returned; else 0; 128 + n where a signal ended it; 1 after an uncaught error.
 */
export async function runMain(
  observability: Pick<Observability, 'captureError' | 'shutdown' | 'health' | 'logger'>,
  // biome-ignore lint/suspicious/noConfusingVoidType: a main that returns nothing is as good as one that does
  main: (stop: AbortSignal) => Promise<number | void>,
  options: RunMainOptions = {},
): Promise<never> {
  const { flushTimeoutMs = 3_000, stopTimeoutMs = 30_000 } = options;
  const controller = new AbortController();
  let signalled: StopSignal | undefined;
  let failed = false;

  return new Promise<never>((_resolve) => {
    let finishing = false;

    const finish = async (code: number): Promise<void> => {
      if (finishing) return;
      finishing = true;
      await closeTelemetry(observability, flushTimeoutMs);
      process.exit(failed ? 1 : code);
    };
    const fail = (error: unknown): void => {
      failed = true;
      observability.captureError(error, { level: 'fatal' });
      void finish(1);
    };
    const onSignal = (signal: StopSignal): void => {
      if (signalled !== undefined) process.exit(128 + signalNumbers[signal]);
      signalled = signal;
      controller.abort(new Error(`stopped by ${signal}`));
      setTimeout(() => {
        process.stderr.write(`did not stop within ${stopTimeoutMs} ms of ${signal}\n`);
        void finish(exitCodeOf(undefined));
      }, stopTimeoutMs).unref();
    };
    const exitCodeOf = (returned: number | undefined): number => {
      if (typeof returned === 'number') return returned;
      if (signalled !== undefined) return 128 + signalNumbers[signalled];
      return Number(process.exitCode ?? 0);
    };

    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
    process.on('uncaughtException', fail);
    process.on('unhandledRejection', fail);
    process.on('beforeExit', () => {
      if (!finishing) process.stderr.write('nothing left to wait for, and main is not done\n');
      void finish(exitCodeUnsettled);
    });

    Promise.resolve()
      .then(() => main(controller.signal))
      .then((returned) => finish(exitCodeOf(returned ?? undefined)), fail);
  });
}

async function closeTelemetry(
  observability: Pick<Observability, 'shutdown' | 'health'>,
  timeoutMs: number,
): Promise<void> {
  // Timers and sockets of exporters do not hold the process; this does, for as long as it may.
  const hold = setTimeout(() => {}, timeoutMs + 1_000);
  try {
    const sent = await observability.shutdown({ timeoutMs });
    const lost = describeLost(observability);
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

/** What is gone for good: metrics are cumulative, so that an export which failed is made good by the next. */
function describeLost(observability: Pick<Observability, 'health'>): string[] {
  return Object.entries(observability.health().signals)
    .filter(([name, { failed, dropped, lastError }]) =>
      name.startsWith('metrics.') ? lastError !== undefined : failed + dropped > 0,
    )
    .map(([name, { failed, dropped, lastError }]) => {
      const reason = lastError === undefined ? '' : ` (${lastError})`;
      return `${name} ${failed} failed, ${dropped} dropped${reason}`;
    });
}
