export {
  type CapturedTestError,
  createTestObservability,
  type FinishedSpan,
  type TestEvent,
  type TestObservability,
} from './create-test-observability.ts';
