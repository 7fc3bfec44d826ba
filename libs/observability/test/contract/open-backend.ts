import { startOtlpReceiver, startSentryReceiver } from '@aiq/testing';
import { startObservability } from '../../src/index.ts';
import { type ContractBackend, contractMetrics } from '../backend-contract.ts';

/** Starts telemetry as a service does, with receivers for what is wanted and nothing for the rest. */
export async function openBackend(wanted: {
  readonly otel: boolean;
  readonly sentry: boolean;
}): Promise<ContractBackend> {
  const [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
  const observability = await startObservability({
    service: 'aiq-contract',
    metrics: contractMetrics,
    environment: {
      NODE_ENV: 'development',
      LOG_LEVEL: 'silent',
      OTEL_SDK_DISABLED: String(!wanted.otel),
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      SENTRY_DSN: wanted.sentry ? sentry.dsn : '',
      OBSERVABILITY_TRACES: wanted.sentry ? 'both' : 'otel',
      SENTRY_TRACES_SAMPLE_RATE: '1',
    },
  });
  return {
    observability,
    sends: wanted.otel || wanted.sentry,
    requests: () => otlp.requests.length + sentry.requests.length + sentry.otlpRequests.length,
    close: () => Promise.all([otlp.stop(), sentry.stop()]),
  };
}
