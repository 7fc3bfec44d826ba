/**
 * @module What logs and traces are chosen by. Loki and Tempo take any name: a wrong one gives an empty panel, and
 * no error. A test finds each name of ours in the sources.
 */

/** Labels and structured metadata that Loki makes of what arrives by OTLP. */
export const logFields: readonly string[] = [
  'service_name',
  'service_namespace',
  'service_instance_id',
  'deployment_environment_name',
  // Loki's own reading of the severity.
  'detected_level',
  'trace_id',
  'span_id',
];

/** What TraceQL knows of every span. */
export const spanIntrinsics: readonly string[] = ['name', 'status', 'kind', 'duration', 'rootName'];

/** Attributes of resources and spans. */
export const spanAttributes: readonly string[] = [
  'service.name',
  'deployment.environment.name',
  'http.route',
  'http.response.status_code',
  'run.outcome',
  'question_type',
];

/** Names of spans that are searched for. */
export const spanNames: readonly string[] = [
  'pipeline.run',
  'db.insert',
  'judge.evaluate',
  'embedding.compute',
  'calibration.run',
];
