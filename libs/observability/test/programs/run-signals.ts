import { type OtlpReceiver, runProgram, type SentryReceiver } from '@aiq/testing';
import { expect } from 'vitest';
import { compileCache, programArguments } from './arguments.ts';
import type { Routing, Told } from './routing-table.ts';

export interface Receivers {
  readonly otlp: OtlpReceiver;
  readonly sentry: SentryReceiver;
}

/** Runs the program that makes one of everything, and gives what it says of itself. */
export async function runSignals(
  { otlp, sentry }: Receivers,
  routing: Routing,
  env: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const result = await runProgram('node', programArguments('signals'), {
    env: {
      ...compileCache,
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      SENTRY_DSN: sentry.dsn,
      SENTRY_TRACES_SAMPLE_RATE: '1',
      OBSERVABILITY_ERRORS: routing.errors,
      OBSERVABILITY_METRICS: routing.metrics,
      OBSERVABILITY_TRACES: routing.traces,
      OBSERVABILITY_LOGS: routing.logs,
      ...env,
    },
  });
  const received = [otlp.spans(), otlp.logs(), otlp.metrics(), sentry.items(), sentry.spans()];
  expect(result).toMatchObject({ code: 0, stderr: '' });
  expect(`${result.stdout}${JSON.stringify(received)}`).not.toContain('hunter2');
  return JSON.parse(/^told (.*)$/m.exec(result.stdout)?.[1] ?? '{}');
}
