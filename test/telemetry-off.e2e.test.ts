import {
  type OtlpReceiver,
  type SentryReceiver,
  startOtlpReceiver,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createBackendClient } from '../scripts/demo/backend-client.ts';
import { type Platform, startPlatform } from './platform/start-platform.ts';
import { takeSession } from './platform/take-session.ts';

let otlp: OtlpReceiver;
let sentry: SentryReceiver;
let platform: Platform;

beforeAll(async () => {
  otlp = await startOtlpReceiver();
  sentry = await startSentryReceiver();
  platform = await startPlatform({
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    SENTRY_DSN: sentry.dsn,
    OTEL_SDK_DISABLED: 'true',
    OBSERVABILITY_ERRORS: 'none',
  });
});
afterAll(async () => {
  await platform?.stop();
  await otlp?.stop();
  await sentry?.stop();
});

test('with all telemetry off the platform serves, fails and stops as before, and sends nothing', async () => {
  const { backend } = platform.addresses;
  const result = await takeSession(backend, 'adaptive');
  const client = createBackendClient(backend);
  const token = platform.environment.environment['BACKEND_ADMIN_TOKEN'];
  const failed = await client.send('POST', '/v1/admin/diagnostics/error', { token });
  const ready = await fetch(`${backend}/health/ready`);

  const ended = await platform.program.stop('SIGTERM', { timeoutMs: 30_000 });

  expect(result.scaledScore).toBeCloseTo(100 + 15 * result.theta, 1);
  expect(failed.status).toBe(500);
  expect(z.looseObject({ code: z.string() }).parse(await failed.json()).code).toBe(
    'internal_error',
  );
  expect(ready.status).toBe(200);
  expect(ended.stdout).not.toContain('crashed');
  expect(otlp.requests).toEqual([]);
  expect(sentry.requests).toEqual([]);
});
