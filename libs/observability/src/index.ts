export { ratioBuckets, secondsFast, secondsSlow } from './catalogue/buckets.ts';
export {
  type CounterDefinition,
  counter,
  defineMetrics,
  type GaugeDefinition,
  gauge,
  type HistogramDefinition,
  histogram,
  type LabelSets,
  type LabelsOf,
  type MetricDefinition,
  type MetricDefinitions,
  type UpDownCounterDefinition,
  upDownCounter,
} from './catalogue/define-metrics.ts';
export { type RunMainOptions, runMain } from './integrations/process/run-main.ts';
export type {
  Attributes,
  AttributeValue,
  CaptureOptions,
  GaugeObservation,
  LabelsArgument,
  Logger,
  MetricsText,
  Observability,
  ObservabilityHealth,
  Severity,
  SignalHealth,
  Span,
  SpanKind,
  SpanOptions,
  TraceContext,
} from './observability.ts';
export { type StartOptions, startObservability } from './start-observability.ts';
export { type TraceEnvironment, toTraceEnvironment } from './traces/trace-environment.ts';
