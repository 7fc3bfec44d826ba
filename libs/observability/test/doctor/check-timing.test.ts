import { expect, test } from 'vitest';
import { checkClock, checkExportInterval } from '../../src/doctor/check-timing.ts';
import { patient } from './patient.ts';

const reading = (aheadMs: number) => ({
  host: 'a',
  theirsMs: 1_000_000,
  oursMs: 1_000_000 + aheadMs,
});

test.each([
  [[], 'skipped', 'no answer'],
  [[reading(900)], 'ok', 'within 10 s'],
  [[reading(0), reading(90_000)], 'failed', '90 s ahead of a'],
  [[reading(-3_600_000)], 'failed', '3600 s behind a'],
])('the clock by %o is %s', (clocks, status, words) => {
  const result = checkClock(clocks);

  expect(result.status).toBe(status);
  expect(result.message).toContain(words);
});

const grafana = 'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp';

test.each([
  [{ OTEL_METRIC_EXPORT_INTERVAL: '60000' }, 'ok', undefined],
  [{ OTEL_METRIC_EXPORT_INTERVAL: '600000' }, 'failed', 'five minutes'],
  [{ OTEL_METRIC_EXPORT_INTERVAL: '2000' }, 'failed', 'exports overlap'],
  [
    { OTEL_METRIC_EXPORT_INTERVAL: '15000', OTEL_EXPORTER_OTLP_ENDPOINT: grafana },
    'warning',
    '4 times as much',
  ],
  [{ OTEL_METRICS_ENABLED: 'false' }, 'skipped', undefined],
])('the export interval with %o is %s', (variables, status, advice) => {
  const result = checkExportInterval(patient(variables));

  expect(result.status).toBe(status);
  if (advice !== undefined) expect(result.advice).toContain(advice);
});
