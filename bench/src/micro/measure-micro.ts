import { startChild } from '../shared/child.ts';
import { tell } from '../shared/progress.ts';
import { startSink } from '../shared/sink.ts';
import type { CaseFigures } from './compare.ts';

/** By the thing that is done, by who does it. */
export type MicroFigures = Readonly<Record<string, Readonly<Record<string, CaseFigures>>>>;

const modes = {
  on: { OTEL_TRACES_SAMPLER_ARG: '1' },
  unsampled: { OTEL_TRACES_SAMPLER_ARG: '0' },
  disabled: { OTEL_SDK_DISABLED: 'true' },
} as const;

/** Single calls, each mode of ours in a process of its own, beside what others do in the same process. */
export async function measureMicro(options: {
  readonly rounds: number;
  readonly roundMs: number;
}): Promise<MicroFigures> {
  const sink = await startSink(1);
  const figures: Record<string, Readonly<Record<string, CaseFigures>>> = {};
  try {
    for (const [mode, environment] of Object.entries(modes)) {
      tell(`micro: telemetry ${mode}, ${options.rounds} rounds`);
      const child = startChild({
        program: 'micro/micro-program.ts',
        nodeArgs: ['--expose-gc'],
        core: 0,
        environment: {
          ...environment,
          OTEL_EXPORTER_OTLP_ENDPOINT: sink.httpUrl,
          ...(mode === 'disabled' ? {} : { SENTRY_DSN: sink.dsn }),
        },
      });
      try {
        await child.next();
        const order = { ...options, mode, sinkUrl: sink.httpUrl };
        Object.assign(figures, await child.ask<MicroFigures>(order, 600_000));
      } finally {
        await child.stop();
      }
    }
  } finally {
    await sink.stop();
  }
  return figures;
}
