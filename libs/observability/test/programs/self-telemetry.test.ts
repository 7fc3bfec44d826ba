import {
  freePort,
  type OtlpReceiver,
  runProgram,
  type SentryReceiver,
  startOtlpReceiver,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ObservabilityHealth } from '../../src/index.ts';
import { compileCache, programArguments } from './arguments.ts';

let otlp: OtlpReceiver;
let sentry: SentryReceiver;

beforeAll(async () => {
  [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
});
afterAll(() => Promise.all([otlp.stop(), sentry.stop()]));

async function run(env: Readonly<Record<string, string>>) {
  const { stdout } = await runProgram('node', programArguments('signals'), {
    timeoutMs: 20_000,
    env: { ...compileCache, SENTRY_DSN: sentry.dsn, ...env },
  });
  return JSON.parse(/^told (.*)$/m.exec(stdout)?.[1] ?? '{}') as {
    metricsText: string;
    health: ObservabilityHealth;
  };
}

test('what arrived is told by health, scrape and OTLP alike', async () => {
  const { health, metricsText } = await run({
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    OBSERVABILITY_LOGS: 'both',
    OBSERVABILITY_METRICS: 'both',
  });

  expect(health).toMatchObject({
    status: 'ok',
    refused: 0,
    overflowed: 0,
    signals: {
      'traces.otel': { exported: 1, failed: 0, dropped: 0, queue: { size: 0, capacity: 2_048 } },
      'logs.otel': { exported: 3 },
      'logs.sentry': { exported: 3, queue: { size: 0 } },
      'errors.sentry': { exported: 1, queue: { size: 0, capacity: 64 } },
      'metrics.otel': { lastSuccessAt: expect.stringMatching(/^20/) },
    },
  });
  expect(metricsText).toMatch(
    /^otel_sdk_exporter_span_exported_total\{otel_component_name="otel"\} 1$/m,
  );
  expect(metricsText).toMatch(
    /^otel_sdk_exporter_log_exported_total\{otel_component_name="sentry"\} 3$/m,
  );
  // The last push is of the end, when all else had arrived.
  expect(otlp.metricValue('aiq.telemetry.exporter.error.exported', {})).toBe(1);
  expect(otlp.metricValue('aiq.telemetry.refused')).toBe(0);
  const isAboutTelemetry = /otel\.sdk|aiq\.telemetry/;
  expect(sentry.items().filter((item) => isAboutTelemetry.test(JSON.stringify(item)))).toEqual([]);
});

test('what failed is told with its reason', async () => {
  const { health, metricsText } = await run({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
  });

  expect(health).toMatchObject({
    status: 'degraded',
    signals: {
      'traces.otel': { exported: 0, failed: 1, lastError: expect.stringContaining('ECONNREFUSED') },
      'errors.sentry': { exported: 1, failed: 0 },
    },
  });
  expect(health.signals['traces.otel']?.failures).toEqual({ connection_refused: 1 });
  expect(metricsText).toMatch(
    /^otel_sdk_exporter_span_exported_total\{error_type="connection_refused",otel_component_name="otel"\} 1$/m,
  );
});
