import { randomUUID } from 'node:crypto';
import { childEnvironment } from '@aiq/config';
import { defineMetrics, gauge, startObservability } from '@aiq/observability';
import { type LiveVariables, liveVariables, readBack, readingsOf } from './live/read-back.ts';

const help = `Usage: pnpm test:live

Sends one trace, metric, log and error to a real Grafana Cloud and a real Sentry, and reads them back.
Skipped unless all of these are set:
  OTEL_EXPORTER_OTLP_ENDPOINT  https://otlp-gateway-<zone>.grafana.net/otlp
  OTEL_EXPORTER_OTLP_HEADERS   Authorization=Basic%20<base64 of instance id:token>
  SENTRY_DSN                   of a project for tests
  LIVE_GRAFANA_URL             https://<stack>.grafana.net
  LIVE_GRAFANA_TOKEN           of a service account that may query data sources
  LIVE_SENTRY_URL              https://sentry.io/api/0/projects/<organization>/<project>
  LIVE_SENTRY_TOKEN            with event:read

Exit code: 0 all was read back, or skipped; 1 something was not.`;

const metrics = defineMetrics({
  'live.checked_at': gauge({ unit: 's', description: 'When the live test ran last.' }),
});

process.exit(await main(childEnvironment({})));

async function main(environment: Readonly<Record<string, string>>): Promise<number> {
  const missing = liveVariables.filter((name) => !environment[name]);
  if (process.argv.includes('--help') || missing.length > 0) {
    if (missing.length > 0) console.log(`SKIP test:live: not set: ${missing.join(', ')}\n`);
    console.log(help);
    return 0;
  }
  const sent = await send(environment);
  const timeoutMs = Number(environment['LIVE_TIMEOUT_MS'] ?? 120_000);
  const readings = readingsOf(sent, environment as LiveVariables);
  const results = await Promise.all(
    readings.map(async (reading) => {
      const reason = await readBack(reading, {
        timeoutMs,
        intervalMs: Math.min(3_000, timeoutMs / 4),
      });
      console.log(
        reason === undefined ? `ok      ${reading.name}` : `FAILED  ${reading.name}: ${reason}`,
      );
      return reason;
    }),
  );
  return results.every((reason) => reason === undefined) ? 0 : 1;
}

async function send(environment: Readonly<Record<string, string>>) {
  const observability = await startObservability({
    service: 'aiq-live',
    metrics,
    logStream: 'stderr',
    environment: { ...environment, ENV: 'staging', OTEL_TRACES_SAMPLER_ARG: '1' },
  });
  const runId = randomUUID();
  const atSeconds = Math.floor(Date.now() / 1_000);
  observability.recordMetric('live.checked_at', atSeconds);
  const ids = observability.startSpan('live.check', ({ traceId }) => {
    observability.logger.info(`live check ${runId}`);
    const eventId = observability.captureError(new Error(`live check ${runId}`)) ?? '';
    return { traceId, eventId };
  });
  await observability.shutdown({ timeoutMs: 10_000 });
  return { runId, atSeconds, ...ids };
}
