import { type ChildProcess, spawn } from 'node:child_process';
import { type Observability, toTraceEnvironment } from '@aiq/observability';

interface Packer {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Starts a program whose spans continue the active trace. */
export function startPacker(
  observability: Pick<Observability, 'traceContext'>,
  { program, args, environment }: Packer,
): ChildProcess {
  // region child
  const child = spawn(program, args, {
    env: { ...environment, ...toTraceEnvironment(observability.traceContext()) },
  });
  // endregion
  return child;
}
