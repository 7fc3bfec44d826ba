export { type EventuallyOptions, eventually } from './eventually.ts';
export type { Fault, FaultCounters } from './faults/fault.ts';
export { type FaultProxy, type FaultProxyOptions, startFaultProxy } from './faults/fault-proxy.ts';
export { grpcStatusOf } from './faults/grpc-status.ts';
export { freePort } from './free-port.ts';
export { injectFaults } from './models/inject-faults.ts';
export {
  type ModelAnswer,
  type ModelFault,
  type ModelUsage,
  modelFaults,
} from './models/model-answer.ts';
export { type ModelCall, type ModelDialect, modelDialects } from './models/model-call.ts';
export {
  type AnswerModel,
  type ModelServer,
  type RecordedCall,
  startModelServer,
} from './models/model-server.ts';
export type { Attributes, AttributeValue } from './otlp/attributes.ts';
export type { ReceivedLog } from './otlp/logs.ts';
export type { Exemplar, MetricPoint, MetricType, ReceivedMetric } from './otlp/metrics.ts';
export { type OtlpReceiver, type OtlpRequest, startOtlpReceiver } from './otlp/otlp-receiver.ts';
export type { ReceivedSpan, SpanKind, SpanStatus } from './otlp/spans.ts';
export type { Program, ProgramOptions, ProgramResult } from './programs/program.ts';
export { runProgram } from './programs/run-program.ts';
export { startProgram } from './programs/start-program.ts';
export type { EnvelopeItem } from './sentry/envelope.ts';
export {
  type SentryReceiver,
  type SentryRequest,
  startSentryReceiver,
} from './sentry/sentry-receiver.ts';
export { formatSpanTree, type SpanLike, type SpanNode, spanTree } from './span-tree.ts';
export { sumOfSamples } from './sum-of-samples.ts';
