import { readFileSync } from 'node:fs';
import {
  ConfigError,
  childEnvironment,
  type Environment,
  type ExplainedSetting,
} from '@aiq/config';
import { explainSettings, type SettingsOptions } from '../config/settings.ts';
import type { CheckResult, Patient } from './check.ts';
import { checkApiCopies } from './check-api-copies.ts';
import { checkInstrumentation } from './check-instrumentation.ts';
import { checkOtlp } from './check-otlp.ts';
import { checkSentry } from './check-sentry.ts';
import { checkTermination } from './check-termination.ts';
import { checkClock, checkExportInterval } from './check-timing.ts';

export interface DiagnoseOptions {
  /** `service.name`, and the name of its configuration layer. */
  readonly service: string;
  /** The folder of the service, from which it is started. */
  readonly directory: string;
  /** @default process.env */
  readonly environment?: Environment;
  /** @default <root>/config/observability */
  readonly configDirectory?: string;
  /** For one request, and for one child to be ready. @default 5_000 */
  readonly timeoutMs?: number;
  readonly nowMs?: () => number;
  /** @default read from /proc/1/cmdline */
  readonly firstProcess?: string;
}

/** What the doctor found in one service. */
export interface Diagnosis {
  readonly service: string;
  /** Absent where the configuration is not valid. */
  readonly environment?: string;
  readonly settings: readonly ExplainedSetting[];
  readonly checks: readonly CheckResult[];
  /** False where a check failed. */
  readonly healthy: boolean;
}

/** Examines a service’s telemetry: its configuration, then live checks, each bounded in time. Never rejects for a finding. */
export async function diagnose(options: DiagnoseOptions): Promise<Diagnosis> {
  const { service, directory, timeoutMs = 5_000, nowMs = Date.now } = options;
  const environment = options.environment ?? childEnvironment({});
  const source: SettingsOptions = {
    service,
    environment,
    ...(options.configDirectory === undefined ? {} : { directory: options.configDirectory }),
  };
  const read = explainOrProblem(source);
  if ('problem' in read) return { service, settings: [], checks: [read.problem], healthy: false };
  const { settings, explained } = read;
  const firstProcess = options.firstProcess ?? readFirstProcess();
  const patient = { settings, directory, environment, timeoutMs, nowMs, firstProcess };
  const checks = [...configuration(patient), ...(await examine(patient))];
  return {
    service,
    environment: settings.deployment,
    settings: explained,
    checks,
    healthy: checks.every(({ status }) => status !== 'failed'),
  };
}

async function examine(patient: Patient): Promise<readonly CheckResult[]> {
  const [otlp, sentry] = await Promise.all([checkOtlp(patient), checkSentry(patient)]);
  const clocks = [...otlp.clocks, ...(sentry.clock === undefined ? [] : [sentry.clock])];
  // One child after the other: on a small machine two at once would be slow enough to be called late.
  const instrumentation = await checkInstrumentation(patient);
  const termination = await checkTermination(patient);
  return [
    checkApiCopies(patient),
    ...instrumentation,
    ...otlp.results,
    sentry.result,
    checkClock(clocks),
    checkExportInterval(patient),
    ...termination,
  ];
}

function explainOrProblem(source: SettingsOptions) {
  try {
    return explainSettings(source);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const advice = 'docs/configuration.md lists every setting and what it takes.';
    const { message } = error;
    const problem: CheckResult = { name: 'configuration', status: 'failed', message, advice };
    return { problem };
  }
}

function configuration({ settings }: Patient): readonly CheckResult[] {
  const name = 'configuration';
  const conflicts = settings.conflicts ?? [];
  if (conflicts.length === 0) return [{ name, status: 'ok', message: 'valid' }];
  return conflicts.map(({ used, ignored }) => ({
    name,
    status: 'warning',
    message: `${used} and ${ignored} contradict each other: ${used} is used`,
    advice: `Unset ${ignored}.`,
  }));
}

function readFirstProcess(): string | undefined {
  try {
    return readFileSync('/proc/1/cmdline', 'utf8');
  } catch {
    return undefined; // not Linux, or not allowed
  }
}
