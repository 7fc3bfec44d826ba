import { join } from 'node:path';
import type { CheckResult, Patient } from './check.ts';
import { runChild } from './run-child.ts';
import { openSpanSink, type SunkSpan } from './span-sink.ts';

/** What the probe tells about itself. */
export interface ProbeReport {
  readonly http: boolean;
  /** Undefined where the service has no pg. */
  readonly pg: boolean | undefined;
}

const name = 'instrumentation';
const serverKind = 2;
const orderAdvice =
  'Something loads the module before telemetry: start the service with `node --import ./src/instrument.ts src/server.ts`, and import nothing that is to be instrumented in instrument.ts.';

/** Whether instrumentation takes hold: a program of the same set-up answers one request, and its spans are counted. */
export async function checkInstrumentation(patient: Patient): Promise<readonly CheckResult[]> {
  const { settings, directory, environment, timeoutMs } = patient;
  const { enabled, disabled } = settings.config;
  if (!enabled || disabled) {
    return [{ name, status: 'skipped', message: 'OpenTelemetry is switched off' }];
  }
  await using sink = await openSpanSink();
  const program = join(import.meta.dirname, 'probe-program.ts');
  const end = await runChild(process.execPath, [program, settings.service], {
    cwd: directory,
    env: probeEnvironment(environment, sink.url),
    timeoutMs: timeoutMs * 4,
  });
  const report = readReport(end.stdout);
  if (report === undefined) {
    const why = end.isLate
      ? 'did not end in time'
      : end.stderr.trim().split('\n').slice(-3).join(' ');
    const advice = 'Correct what it says above; `npx pnpm@12 install` where a package is missing.';
    return [{ name, status: 'failed', message: `the probe failed: ${why}`, advice }];
  }
  return judgeProbe(report, sink.spans);
}

/** What a probe’s report and its spans say. */
export function judgeProbe(
  report: ProbeReport,
  spans: readonly SunkSpan[],
): readonly CheckResult[] {
  return [patched('http', report.http), patched('pg', report.pg), serverSpans(spans)];
}

function patched(module: string, isPatched: boolean | undefined): CheckResult {
  const title = `${name}: ${module}`;
  if (isPatched === undefined) {
    return { name: title, status: 'skipped', message: `the service has no ${module}` };
  }
  if (isPatched) return { name: title, status: 'ok', message: `${module} is patched` };
  return {
    name: title,
    status: 'failed',
    message: `${module} is not patched`,
    advice: orderAdvice,
  };
}

function serverSpans(spans: readonly SunkSpan[]): CheckResult {
  const title = `${name}: Fastify`;
  const served = spans.filter(({ kind }) => kind === serverKind);
  const names = served.map((span) => span.name).join(', ');
  if (served.length === 1) {
    return { name: title, status: 'ok', message: `one request is one SERVER span, ${names}` };
  }
  if (served.length === 0) {
    const advice =
      'Register observabilityPlugin from @aiq/observability/fastify before every route.';
    return { name: title, status: 'failed', message: 'one request made no SERVER span', advice };
  }
  const advice =
    'Two instrumentations see the same request: keep the profile (lean or auto) and drop the other.';
  const message = `one request made ${served.length} SERVER spans: ${names}`;
  return { name: title, status: 'failed', message, advice };
}

/** The service’s own set-up, but that the spans come to us and nothing else goes anywhere. */
function probeEnvironment(environment: Patient['environment'], url: string) {
  return {
    ...environment,
    ENV: 'test',
    NODE_OPTIONS: undefined,
    OTEL_ENABLED: undefined,
    OTEL_SDK_DISABLED: undefined,
    OTEL_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_OTLP_ENDPOINT: undefined,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_TRACES_ENABLED: 'true',
    OTEL_TRACES_SAMPLER_ARG: '1',
    OBSERVABILITY_TRACES: 'otel',
    OBSERVABILITY_ERRORS: 'none',
    SENTRY_DSN: undefined,
  };
}

function readReport(stdout: string): ProbeReport | undefined {
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ProbeReport;
  } catch {
    return undefined; // it ended before it could tell
  }
}
