import {
  eventually,
  type FaultProxy,
  type OtlpReceiver,
  type Program,
  type SentryReceiver,
  startFaultProxy,
  startOtlpReceiver,
  startProgram,
  startSentryReceiver,
} from '@aiq/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ObservabilityHealth, SignalHealth } from '../../src/index.ts';
import { compileCache, programArguments } from './arguments.ts';

const signals = ['traces', 'metrics', 'logs', 'errors'] as const;
type Signal = (typeof signals)[number];

/** What the self-telemetry of each signal is called. */
const names: Readonly<Record<Signal, string>> = {
  traces: 'otel.sdk.exporter.span.exported',
  metrics: 'otel.sdk.exporter.metric_data_point.exported',
  logs: 'otel.sdk.exporter.log.exported',
  errors: 'aiq.telemetry.exporter.error.exported',
};

let otlp: OtlpReceiver;
let sentry: SentryReceiver;
let toSentry: FaultProxy;
let program: Program;
let url: string;

beforeAll(async () => {
  [otlp, sentry] = await Promise.all([startOtlpReceiver(), startSentryReceiver()]);
  toSentry = await startFaultProxy({ target: sentry.url });
  const everywhere = ['TRACES', 'METRICS', 'LOGS'].map((signal) => [
    `OBSERVABILITY_${signal}`,
    'both',
  ]);
  program = await startProgram('node', programArguments('server'), {
    env: {
      ...compileCache,
      ...Object.fromEntries(everywhere),
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      OTEL_METRIC_EXPORT_INTERVAL: '500',
      OTEL_EXPORTER_OTLP_TIMEOUT: '6000',
      SENTRY_DSN: `http://publickey@127.0.0.1:${toSentry.port}/1`,
      SENTRY_TRACES_SAMPLE_RATE: '1',
    },
  });
  [, url = ''] = await program.waitForLine(/"url":"([^"]+)"/, { timeoutMs: 40_000 });
});
afterAll(async () => {
  await program?.stop('SIGKILL');
  await Promise.all([toSentry?.stop(), otlp?.stop(), sentry?.stop()]);
});

type Told = Pick<ObservabilityHealth, 'status' | 'signals'>;

async function askReady(): Promise<{ status: number; telemetry: Told }> {
  const response = await fetch(`${url}/health/ready`);
  const { telemetry } = (await response.json()) as { telemetry: Told };
  return { status: response.status, telemetry };
}

const atSentry = ({ signals: all }: Told, signal: Signal): SignalHealth =>
  all[`${signal}.sentry`] ?? { exported: 0, failed: 0, dropped: 0 };

/** Waits until readiness tells this of telemetry; whatever it tells, it is green. */
const untilReadyTells = (isSo: (told: Told) => boolean, message: string) =>
  eventually(
    async () => {
      const { status, telemetry } = await askReady();
      expect(status).toBe(200);
      return isSo(telemetry) && telemetry;
    },
    { timeoutMs: 15_000, message },
  );

/** Something of every signal. */
async function make(): Promise<void> {
  await fetch(`${url}/v1/things/1`);
  await fetch(`${url}/v1/broken`);
}

/** A sample of the scrape, by name and labels. */
async function scraped(name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const inOrder = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  const pairs = inOrder.map(([key, value]) => `${key.replaceAll('.', '_')}="${value}"`);
  const series = `${name.replaceAll('.', '_')}{${pairs.join(',')}} `;
  const line = text.split('\n').find((each) => each.startsWith(series));
  return line === undefined ? Number.NaN : Number(line.slice(series.length));
}

const pushed = (name: string, labels: Readonly<Record<string, string>>) =>
  otlp.metricValue(name, labels);
const byOtlp = (isSo: () => boolean, message: string) =>
  eventually(isSo, { timeoutMs: 10_000, message });

test('a destination is told of by health routes, scrape and OTLP alike while it works, hangs, refuses and comes back', async () => {
  await worksAndIsTold();
  await hangsAndIsTold();
  await failsAndIsTold();
  await isWellAgain();
}, 90_000);

/** What arrived, and when. */
async function worksAndIsTold(): Promise<void> {
  await make();
  const told = await untilReadyTells(
    (health) => signals.every((signal) => atSentry(health, signal).exported > 0),
    'all signals at Sentry',
  );

  expect(told.status).toBe('ok');
  for (const signal of signals) {
    const { exported, failed, dropped, lastSuccessAt } = atSentry(told, signal);
    const labels = { 'otel.component.name': 'sentry' };
    const of = { signal, destination: 'sentry' };
    expect([failed, dropped]).toEqual([0, 0]);
    expect(await scraped(`${names[signal]}.total`, labels)).toBeGreaterThanOrEqual(exported);
    expect(await scraped('aiq.telemetry.last_success.time.seconds', of)).toBeGreaterThanOrEqual(
      Date.parse(lastSuccessAt ?? '') / 1_000,
    );
    await byOtlp(
      () =>
        (pushed(names[signal], labels) ?? 0) >= exported &&
        (pushed('aiq.telemetry.last_success.time', of) ?? 0) > 0,
      `${signal} by OTLP`,
    );
  }
}

/** Queues, and what found no room in them. */
async function hangsAndIsTold(): Promise<void> {
  await toSentry.play({ kind: 'hang before headers' });
  await fetch(`${url}/v1/logs?logs=5000`);
  await make();

  const told = await untilReadyTells((health) => {
    const { dropped, queue } = atSentry(health, 'logs');
    return dropped > 0 && queue?.size === queue?.capacity;
  }, 'a full queue of logs');
  const { dropped, queue } = atSentry(told, 'logs');
  expect(queue).toEqual({ size: 2_048, capacity: 2_048 });
  expect(atSentry(told, 'errors').queue).toEqual({ size: 1, capacity: 64 });
  const label = { 'otel.component.name': 'sentry' };
  const of = { signal: 'logs', destination: 'sentry' };
  expect(await scraped('otel.sdk.processor.log.queue.size', label)).toBe(2_048);
  expect(await scraped('otel.sdk.processor.log.queue.capacity', label)).toBe(2_048);
  expect(await scraped('aiq.telemetry.dropped.total', of)).toBeGreaterThanOrEqual(dropped);
  await byOtlp(
    () =>
      pushed('otel.sdk.processor.log.queue.size', label) === 2_048 &&
      (pushed('aiq.telemetry.dropped', of) ?? 0) >= dropped,
    'the queue and the drops by OTLP',
  );
}

/** What failed, by its reason. */
async function failsAndIsTold(): Promise<void> {
  const isReason = (signal: Signal, reason: string) => (health: Told) =>
    (atSentry(health, signal).failures?.[reason] ?? 0) > 0;
  const hung = await untilReadyTells(
    (health) => signals.every((signal) => isReason(signal, 'timeout')(health)),
    'timeouts of all signals',
  );
  await toSentry.play({ kind: 'status', status: 500 });
  await make();
  const refused = await untilReadyTells(isReason('errors', 'status_5xx'), 'a refused error');

  expect([hung.status, refused.status]).toEqual(['degraded', 'degraded']);
  for (const [signal, reason] of [
    ...signals.map((each) => [each, 'timeout'] as const),
    ['errors', 'status_5xx'] as const,
  ]) {
    const count = atSentry(refused, signal).failures?.[reason] ?? 0;
    const labels = { 'otel.component.name': 'sentry', 'error.type': reason };
    expect(await scraped(`${names[signal]}.total`, labels)).toBeGreaterThanOrEqual(count);
    await byOtlp(
      () => (pushed(names[signal], labels) ?? 0) >= count,
      `${signal} ${reason} by OTLP`,
    );
  }
}

/** The losses stay told. */
async function isWellAgain(): Promise<void> {
  await toSentry.play({ kind: 'none' });
  await make();
  const well = await untilReadyTells(({ status }) => status === 'ok', 'telemetry to be well');

  expect(atSentry(well, 'logs').dropped).toBeGreaterThan(0);
  expect(atSentry(well, 'errors').failures).toEqual({ timeout: 1, status_5xx: 1 });
  expect(sentry.events().length).toBe(2);
}
