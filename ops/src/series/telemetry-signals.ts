/** What each signal's series about itself are named by, in `<space>_<part>_<noun>_…`. */
export const telemetrySignals = [
  { signal: 'traces', space: 'otel_sdk', noun: 'span' },
  { signal: 'metrics', space: 'otel_sdk', noun: 'metric_data_point' },
  { signal: 'logs', space: 'otel_sdk', noun: 'log' },
  { signal: 'errors', space: 'aiq_telemetry', noun: 'error' },
] as const;

export type TelemetrySignal = (typeof telemetrySignals)[number];
