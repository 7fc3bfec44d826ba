import { findOtlpEndpoint } from '../config/endpoint.ts';
import { type CheckResult, type ClockReading, goesToOtel, type Patient } from './check.ts';

/** The `Date` header has whole seconds and travels: less cannot be told. */
const skewSecondsMax = 10;
/** Prometheus takes a series for gone after five minutes without a sample. */
const lookbackMs = 300_000;
const billedIntervalMs = 60_000;

/** Whether this machine’s clock agrees with the ones that answered: skewed spans fall out of their traces. */
export function checkClock(clocks: readonly ClockReading[]): CheckResult {
  const name = 'clock';
  const skews = clocks.map(({ host, theirsMs, oursMs }) => ({
    host,
    seconds: Math.round((oursMs - theirsMs) / 1_000),
  }));
  const worst = skews.sort((a, b) => Math.abs(b.seconds) - Math.abs(a.seconds))[0];
  if (worst === undefined) return { name, status: 'skipped', message: 'no answer told its time' };
  const { host, seconds } = worst;
  if (Math.abs(seconds) <= skewSecondsMax) {
    return { name, status: 'ok', message: `within ${skewSecondsMax} s of ${host}` };
  }
  const message = `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} ${host}`;
  const advice =
    'Synchronise the clock (`timedatectl set-ntp true`): samples out of time are refused, spans misplaced.';
  return { name, status: 'failed', message, advice };
}

/** Whether metrics are exported neither so seldom that series have gaps, nor so often that they cost more. */
export function checkExportInterval({ settings }: Patient): CheckResult {
  const name = 'export interval';
  const { otel, routing } = settings.config;
  const { exportIntervalMs } = otel.metrics;
  const endpoint = findOtlpEndpoint(settings);
  if (!otel.metrics.enabled || !goesToOtel(routing.metrics) || endpoint === undefined) {
    return { name, status: 'skipped', message: 'metrics are not pushed' };
  }
  const seconds = exportIntervalMs / 1_000;
  if (exportIntervalMs >= lookbackMs) {
    const advice =
      'Set OTEL_METRIC_EXPORT_INTERVAL=60000: after five minutes without a sample a series counts as gone.';
    return { name, status: 'failed', message: `${seconds} s leaves gaps in every series`, advice };
  }
  if (otel.timeoutMs > exportIntervalMs) {
    const message = `an export may take ${otel.timeoutMs} ms, longer than the interval of ${exportIntervalMs} ms`;
    const advice =
      'Set OTEL_EXPORTER_OTLP_TIMEOUT below OTEL_METRIC_EXPORT_INTERVAL, or exports overlap.';
    return { name, status: 'failed', message, advice };
  }
  const isBilled = /(^|\.)grafana\.net$/.test(new URL(endpoint).hostname);
  if (isBilled && exportIntervalMs < billedIntervalMs) {
    const perMinute = Math.round((billedIntervalMs / exportIntervalMs) * 10) / 10;
    const message = `${seconds} s is ${perMinute} data points a minute for each series`;
    const advice = `Grafana Cloud’s quota counts one data point a minute as one series: this uses ${perMinute} times as much. Set OTEL_METRIC_EXPORT_INTERVAL=60000 unless that is meant.`;
    return { name, status: 'warning', message, advice };
  }
  return { name, status: 'ok', message: `${seconds} s` };
}
