import { findOtlpEndpoint } from '../config/endpoint.ts';
import type { OtlpTarget } from '../export/otlp-exporters.ts';
import { type CheckResult, type ClockReading, goesToOtel, type Patient } from './check.ts';
import { explainAnswer } from './explain-answer.ts';
import { type Signal, sendEmptyExport } from './otlp-request.ts';

export interface OtlpFindings {
  readonly results: readonly CheckResult[];
  readonly clocks: readonly ClockReading[];
}

/** Whether the OTLP receiver can be reached and takes our credentials, for each signal that is sent there. */
export async function checkOtlp(patient: Patient): Promise<OtlpFindings> {
  const { settings, timeoutMs, nowMs } = patient;
  const { config } = settings;
  const endpoint = findOtlpEndpoint(settings);
  const reason = whyNotSent(patient, endpoint);
  if (reason !== undefined || endpoint === undefined) {
    return { results: [{ name: 'OTLP', ...(reason ?? notSet) }], clocks: [] };
  }
  const { protocol, headers, compression } = config.otel;
  const target: OtlpTarget = { endpoint, protocol, headers, compression, timeoutMs };
  const clocks: ClockReading[] = [];
  const results = await Promise.all(
    signals.map(async (signal): Promise<CheckResult> => {
      const name = `OTLP ${signal}`;
      if (!isSent(patient, signal)) return { name, status: 'skipped', message: 'not sent by OTLP' };
      const answer = await sendEmptyExport(target, signal);
      const theirsMs = Date.parse(answer.date ?? '');
      if (!Number.isNaN(theirsMs)) {
        clocks.push({ host: new URL(endpoint).host, theirsMs, oursMs: nowMs() });
      }
      return { name, ...explainAnswer(answer, target) };
    }),
  );
  return { results, clocks };
}

const signals: readonly Signal[] = ['traces', 'metrics', 'logs'];
const notSet = {
  status: 'failed',
  message: 'OTEL_EXPORTER_OTLP_ENDPOINT is not set: nothing is sent',
  advice: 'Set OTEL_EXPORTER_OTLP_ENDPOINT, or OTEL_EXPORTER=none where that is meant.',
} as const;

function whyNotSent({ settings }: Patient, endpoint: string | undefined) {
  const { config, deployment } = settings;
  const skipped = (message: string) => ({ status: 'skipped', message }) as const;
  if (!config.enabled || config.disabled) return skipped('OpenTelemetry is switched off');
  if (config.otel.exporter !== 'otlp') return skipped(`the exporter is ${config.otel.exporter}`);
  if (endpoint !== undefined) return undefined;
  return deployment === 'test' ? skipped('no endpoint is set, as tests have it') : notSet;
}

function isSent({ settings }: Patient, signal: Signal): boolean {
  const { otel, routing } = settings.config;
  if (!otel[signal].enabled) return false;
  // Errors that go to OpenTelemetry are log records.
  return goesToOtel(routing[signal]) || (signal === 'logs' && goesToOtel(routing.errors));
}
