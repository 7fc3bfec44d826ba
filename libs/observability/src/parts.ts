import type { Tracer } from '@opentelemetry/api';
import type { MetricStore } from './metrics/metric-store.ts';
import type { MetricsText, ObservabilityHealth, Severity, TraceContext } from './observability.ts';
import type { CleanAttributes } from './policy/attributes.ts';
import type { Refusals } from './policy/refusals.ts';
import type { TraceLink } from './traces/trace-link.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where log lines and events go. */
export interface LogWriter {
  /** The whole record has been scrubbed. */
  write(record: LogRecord): void;
}
export interface LogRecord {
  readonly level: LogLevel;
  readonly message: string;
  readonly attributes: CleanAttributes;
  readonly eventName?: string;
  /** An event's body as it was structured, scrubbed. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** For the local line alone: what the destination of errors carries already. */
  readonly local?: CleanAttributes;
}

/** An error on its way out: scrubbed, with the ids of the span that was active. */
export interface CapturedError {
  readonly error: Error;
  readonly message?: string;
  readonly level: Severity;
  readonly context: Readonly<Record<string, unknown>>;
  readonly contexts: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly user?: { readonly id: string };
  /** Where the active trace is shown. */
  readonly traceUrl?: string;
}

/** Where errors go. Returns the event's id where one was made. */
export interface ErrorDestination {
  capture(captured: CapturedError): string | undefined;
}

/** What a facade is made of; production and tests differ in these alone. */
export interface Parts {
  readonly service: string;
  readonly tracer: Tracer;
  readonly store: MetricStore;
  readonly refusals: Refusals;
  /** Errors that were reported, with their events: one travels through many hands and is one event. */
  readonly reported: WeakMap<object, string | undefined>;
  readonly errors: ErrorDestination;
  /** Absent where no trace can be linked to. */
  readonly traceLink?: TraceLink | undefined;
  readonly logs: LogWriter;
  /** True where incoming requests are instrumented by someone else (profile `auto`). */
  readonly externalServerSpans: boolean;
  /** What a caller shows to have its sampled flag obeyed; absent: nobody is obeyed. */
  readonly serviceKey: string | undefined;
  /** The trace that a command was started in; absent for services, whose work has traces of its own. */
  readonly inherited?: TraceContext | undefined;
  metricsText(accept: string | undefined): Promise<MetricsText>;
  health(): ObservabilityHealth;
  flush(timeoutMs: number): Promise<boolean>;
  shutdown(timeoutMs: number): Promise<boolean>;
}
