import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { repositoryRoot } from '@aiq/config';
import { runProgram, startOtlpReceiver, startSentryReceiver } from '@aiq/testing';
import { describe, expect, onTestFinished, test } from 'vitest';

const live = (env: Record<string, string> = {}) =>
  runProgram('node', [join(repositoryRoot, 'scripts/test-live.ts')], { env });

describe('pnpm test:live', { timeout: 60_000 }, () => {
  test('is skipped without credentials, and says what to set', async () => {
    const { code, stdout } = await live({ SENTRY_DSN: 'https://key@host.test/1' });

    expect(stdout).toContain('SKIP test:live: not set: OTEL_EXPORTER_OTLP_ENDPOINT');
    expect(stdout).toContain('LIVE_GRAFANA_TOKEN');
    expect(code).toBe(0);
  });

  test('reads back each signal it sent, and fails for the one that never arrives', async () => {
    await using otlp = await startOtlpReceiver();
    await using sentry = await startSentryReceiver();
    // Answers as the two services do, from what the receivers got; the logs are lost.
    const answers = () => ({
      traces: JSON.stringify(otlp.spans()),
      prom: `["1","${otlp.metricValue('live.checked_at')}"]`,
      events: JSON.stringify(sentry.events()),
    });
    const server = createServer(({ url = '' }, response) => {
      const part = /-(traces|prom)\/|\/(events)\//.exec(url);
      const name = (part?.[1] ?? part?.[2]) as keyof ReturnType<typeof answers> | undefined;
      response.end(name === undefined ? '{}' : answers()[name]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

    const { code, stdout } = await live({
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Basic%20x',
      SENTRY_DSN: sentry.dsn,
      LIVE_GRAFANA_URL: url,
      LIVE_GRAFANA_TOKEN: 'x',
      LIVE_SENTRY_URL: url,
      LIVE_SENTRY_TOKEN: 'x',
      LIVE_TIMEOUT_MS: '3000',
    });

    expect(stdout.trim().split('\n').sort()).toEqual([
      'FAILED  log: not there yet',
      'ok      error',
      'ok      metric',
      'ok      trace',
    ]);
    expect(code).toBe(1);
  });
});
