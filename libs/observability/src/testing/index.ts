export {
  type CapturedTestError,
  createTestObservability,
  type FinishedSpan,
  type TestEvent,
  type TestObservability,
} from './create-test-observability.ts';
export type { RecordedSeries } from './metric-query.ts';
export type { ExpectedSpan } from './span-shape.ts';
export {
  type ExpectedError,
  type ExpectedLog,
  type ExpectedMetric,
  type TelemetryMatchers,
  telemetryMatchers,
} from './telemetry-matchers.ts';
