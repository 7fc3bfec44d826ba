import type { metrics } from '@aiq/backend/telemetry';
import type { Observability, Span } from '@aiq/observability';

const span: Span = {
  traceId: '0'.repeat(32),
  spanId: '0'.repeat(16),
  setAttribute() {},
  setAttributes() {},
  addLink() {},
  recordError() {},
};

/** The facade's calls, doing nothing at all: what the backend would be without any telemetry. */
export const noTelemetry: Observability<typeof metrics> = {
  service: 'bare',
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  recordMetric() {},
  observeGauge: () => () => {},
  startSpan: (...given: unknown[]) => (given.at(-1) as (active: Span) => never)(span),
  setSpanAttribute() {},
  captureError: () => undefined,
  captureMessage: () => undefined,
  recordEvent() {},
  setUser() {},
  setContext() {},
  setTag() {},
  activeTrace: () => undefined,
  traceContext: () => ({}),
  withTraceContext: (_context, work) => work(),
  metricsText: async () => ({ contentType: 'text/plain', body: '' }),
  health: () => ({ status: 'off', signals: {}, refused: 0, refusals: {}, overflowed: 0 }),
  flush: async () => true,
  shutdown: async () => true,
};
