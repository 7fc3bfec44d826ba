import { randomBytes } from 'node:crypto';
import { eventually, type OtlpReceiver, startOtlpReceiver } from '@aiq/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPrometheus } from './platform/prometheus.ts';
import { type Platform, startPlatform } from './platform/start-platform.ts';
import { hasSystemTool } from './platform/system-tool.ts';

describe.runIf(hasSystemTool('prometheus'))('a real Prometheus', () => {
  let otlp: OtlpReceiver;
  let platform: Platform;
  let prometheus: Awaited<ReturnType<typeof startPrometheus>>;

  beforeAll(async () => {
    otlp = await startOtlpReceiver();
    platform = await startPlatform({ OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url });
    prometheus = await startPrometheus({ backend: platform.addresses.backend });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await platform?.stop();
    await otlp?.stop();
  });

  test('leads from a bucket of the request durations to the trace of a request', async () => {
    const traceId = randomBytes(16).toString('hex');
    const startedAt = Date.now();
    const response = await fetch(`${platform.addresses.backend}/v1/auth/login`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // The caller says "not sampled", which a public edge does not obey.
        traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-00`,
      },
      body: JSON.stringify({ email: 'nobody@example.com', password: 'not the password' }),
    });
    expect(response.status).toBe(401);

    const selector = 'http_server_request_duration_seconds_bucket{http_route="/v1/auth/login"}';
    const exemplar = await eventually(
      async () => (await prometheus.exemplars(selector)).find((each) => each.traceId === traceId),
      { timeoutMs: 20_000, message: `an exemplar of the trace ${traceId}` },
    );
    const span = await eventually(
      () => otlp.spans().find((each) => each.traceId === traceId && each.kind === 'server'),
      { timeoutMs: 15_000, message: 'the SERVER span of the request' },
    );

    expect(exemplar.spanId).toBe(span.spanId);
    expect(exemplar.series).toMatchObject({ job: 'backend', http_response_status_code: '401' });
    const bound = Number(exemplar.series['le']?.replace('+Inf', 'Infinity'));
    expect(exemplar.value).toBeLessThanOrEqual(bound);
    expect(exemplar.time.getTime()).toBeGreaterThanOrEqual(startedAt);
    expect(exemplar.time.getTime()).toBeLessThanOrEqual(Date.now());
  });
});
