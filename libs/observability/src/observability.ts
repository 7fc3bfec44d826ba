import type {
  GaugeDefinition,
  LabelsOf,
  MetricDefinition,
  MetricDefinitions,
} from './catalogue/define-metrics.ts';

/** What a span, event or log record may carry: the kinds OpenTelemetry knows. Others are turned to text. */
export type AttributeValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | readonly boolean[];
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

export type Severity = 'debug' | 'info' | 'warning' | 'error' | 'fatal';
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** W3C trace context as it travels: headers, a job's payload, a child's environment. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
}

export interface Span {
  /** 32 hexadecimal digits; also where the trace is not sampled or tracing is off. */
  readonly traceId: string;
  readonly spanId: string;
  setAttribute(name: string, value: AttributeValue): void;
  setAttributes(attributes: Attributes): void;
  addLink(context: TraceContext): void;
  /** Marks the span failed, with `error.type`. Reports nothing: see `captureError`. */
  recordError(error: unknown): void;
}

export interface SpanOptions {
  readonly attributes?: Attributes;
  /** @default 'internal' */
  readonly kind?: SpanKind;
  readonly links?: readonly TraceContext[];
  /**
   * Makes no spans below this one, neither ours nor a library's, and sends no trace context with requests that
   * leave from within: for a call whose span says all that its HTTP span would.
   *
   * @default false
   */
  readonly suppressChildren?: boolean;
}

export interface CaptureOptions {
  readonly context?: Readonly<Record<string, unknown>>;
  /** @default 'error' */
  readonly level?: Severity;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Structured, to standard output as JSON lines and to OpenTelemetry. Each line carries the active trace and span id. */
export interface Logger {
  debug(message: string, attributes?: Readonly<Record<string, unknown>>): void;
  info(message: string, attributes?: Readonly<Record<string, unknown>>): void;
  warn(message: string, attributes?: Readonly<Record<string, unknown>>): void;
  error(message: string, attributes?: Readonly<Record<string, unknown>>): void;
}

type MetricName<Metrics> = keyof Metrics & string;
type GaugeName<Metrics> = {
  [Name in MetricName<Metrics>]: Metrics[Name] extends GaugeDefinition ? Name : never;
}[MetricName<Metrics>];

/** The labels argument: absent where the metric has none. */
export type LabelsArgument<D extends MetricDefinition> = keyof D['labels'] extends never
  ? []
  : [labels: LabelsOf<D>];

export interface GaugeObservation<D extends MetricDefinition> {
  readonly value: number;
  readonly labels: LabelsOf<D>;
}

export interface SignalHealth {
  readonly exported: number;
  readonly failed: number;
  readonly dropped: number;
  /** `failed` by reason: `timeout`, `connection_refused`, `status_5xx` and the like. */
  readonly failures?: Readonly<Record<string, number>>;
  /** Items that wait or are on their way; what finds no room is dropped. */
  readonly queue?: { readonly size: number; readonly capacity: number };
  /** ISO 8601, absent before the first success. */
  readonly lastSuccessAt?: string;
  readonly lastError?: string;
}

export interface ObservabilityHealth {
  readonly status: 'ok' | 'degraded' | 'off';
  /** Keyed `signal.destination`, such as `traces.otel` or `errors.sentry`. */
  readonly signals: Readonly<Record<string, SignalHealth>>;
  /** Calls that were refused: unknown names, values that are not finite, unexpected labels. */
  readonly refused: number;
  /** `refused` by reason. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Records of new label sets beyond the budget of their metric. */
  readonly overflowed: number;
}

export interface MetricsText {
  readonly contentType: string;
  readonly body: string;
}

/**
 * The one door to telemetry. After start no call throws, blocks on the network or grows without bound;
 * what could not be recorded is counted in `health()`.
 */
export interface Observability<Metrics extends MetricDefinitions = MetricDefinitions> {
  readonly service: string;
  readonly logger: Logger;
  /** Adds to a counter or up-down counter, sets a gauge, or observes into a histogram. */
  recordMetric<Name extends MetricName<Metrics>>(
    name: Name,
    value: number,
    ...labels: LabelsArgument<Metrics[Name]>
  ): void;
  /** Asks `observe` for a gauge's values at each collection, bounded in time; returns how to stop asking. */
  observeGauge<Name extends GaugeName<Metrics>>(
    name: Name,
    observe: () =>
      | Iterable<GaugeObservation<Metrics[Name]>>
      | Promise<Iterable<GaugeObservation<Metrics[Name]>>>,
  ): () => void;
  /**
   * Runs `work` inside a span; the span fails with the error that `work` throws, and the error goes on. Without
   * work (a caller without types) the span is empty, the result undefined, and the call counted as refused.
   */
  startSpan<Result>(name: string, work: (span: Span) => Result): Result;
  startSpan<Result>(name: string, options: SpanOptions, work: (span: Span) => Result): Result;
  setSpanAttribute(name: string, value: AttributeValue): void;
  /** Reports an unexpected error, once, where it stops travelling. Returns the event's id where one was made. */
  captureError(error: unknown, options?: CaptureOptions): string | undefined;
  captureMessage(message: string, options?: CaptureOptions): string | undefined;
  /** A named occurrence with a body: a log record with an event name. */
  recordEvent(name: string, body?: Readonly<Record<string, unknown>>): void;
  /** For the rest of this request or job. */
  setUser(user: { readonly id: string } | undefined): void;
  setContext(name: string, context: Readonly<Record<string, unknown>>): void;
  setTag(name: string, value: string): void;
  /** The active span's ids, or undefined outside any. */
  activeTrace(): { readonly traceId: string; readonly spanId: string } | undefined;
  /** The active context, to be carried to another process. */
  traceContext(): TraceContext;
  /** Runs `work` as a continuation of a context that was carried here. */
  withTraceContext<Result>(context: TraceContext, work: () => Result): Result;
  /** What a scrape gets: OpenMetrics where `accept` asks for it, else Prometheus text 0.0.4. */
  metricsText(accept?: string): Promise<MetricsText>;
  health(): ObservabilityHealth;
  /** Sends what is buffered. Resolves within `timeoutMs` (default 3,000), true where all was sent. */
  flush(options?: { readonly timeoutMs?: number }): Promise<boolean>;
  /** Flushes and closes, once; later calls return the same promise. */
  shutdown(options?: { readonly timeoutMs?: number }): Promise<boolean>;
}
