import { beginStopping, getParts } from '../../internals.ts';
import type { Observability } from '../../observability.ts';
import { inInheritedTrace } from '../../traces/inherited-trace.ts';
import { closeTelemetry, tellUnsent } from './close-telemetry.ts';

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
 * Runs a program to its end. SIGTERM and SIGINT make readiness red and abort `stop`, a second one exits at once;
 * an uncaught error is captured; telemetry is flushed last, within a deadline, and what could not be sent is told
 * on standard error. A command goes on in the trace of its environment (`TRACEPARENT`).
 *
 * Exit code: what `main` returned; else 0; 128 + n where a signal ended it; 1 after an uncaught error. Return it:
 * `process.exit()` inside `main` ends the process with its code at once, and nothing can be sent any more; what
 * is lost by it is told.
 */
export async function runMain(
  observability: Pick<Observability, 'service' | 'captureError' | 'shutdown' | 'health' | 'logger'>,
  // biome-ignore lint/suspicious/noConfusingVoidType: a main that returns nothing is as good as one that does
  main: (stop: AbortSignal) => Promise<number | void>,
  options: RunMainOptions = {},
): Promise<never> {
  const { flushTimeoutMs = 3_000, stopTimeoutMs = 30_000 } = options;
  const { inherited } = getParts(observability);
  const controller = new AbortController();
  let signalled: StopSignal | undefined;
  let failed = false;

  return new Promise<never>((_resolve) => {
    let finishing = false;
    let closed = false;
    let early = 'process.exit() before main was done';

    const finish = async (code: number): Promise<void> => {
      if (finishing) return;
      finishing = true;
      await closeTelemetry(observability, flushTimeoutMs);
      closed = true;
      process.exit(failed ? 1 : code);
    };
    const fail = (error: unknown): void => {
      failed = true;
      inInheritedTrace(inherited, () => observability.captureError(error, { level: 'fatal' }));
      void finish(1);
    };
    const onSignal = (signal: StopSignal): void => {
      if (signalled !== undefined) {
        early = `stopped at once by a second signal, ${signal}`;
        process.exit(128 + signalNumbers[signal]);
      }
      signalled = signal;
      beginStopping(observability);
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
    process.on('exit', () => {
      if (!closed) tellUnsent(observability, early);
    });

    Promise.resolve()
      .then(() => inInheritedTrace(inherited, () => main(controller.signal)))
      .then((returned) => finish(exitCodeOf(returned ?? undefined)), fail);
  });
}
