import {
  type Context,
  context,
  isSpanContextValid,
  type Span as OtelSpan,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { captureWith } from './capture.ts';
import type { MetricDefinitions } from './catalogue/define-metrics.ts';
import { registerParts } from './internals.ts';
import { createLogger } from './logs/logger.ts';
import type { Labels } from './metrics/metric.ts';
import type { Observer } from './metrics/metric-store.ts';
import type {
  CaptureOptions,
  Observability,
  Span,
  SpanOptions,
  TraceContext,
} from './observability.ts';
import type { LogRecord, Parts } from './parts.ts';
import { toAttribute, toAttributes } from './policy/attributes.ts';
import { describeThrown } from './policy/error-type.ts';
import { scrubRecord, scrubText } from './policy/scrub.ts';
import { activeScope, createScope, setBounded, withScope } from './scope.ts';
import {
  failSpan,
  parseTraceContext,
  spanKinds,
  toFacadeSpan,
  toLink,
} from './traces/facade-span.ts';

const flushTimeoutMsDefault = 3_000;
/** A longer one would not fit a timer. */
const flushTimeoutMsMax = 600_000;

const noLabels: Labels = Object.freeze({});

/** After a shutdown there is nothing to collect from. */
const noMetrics = {
  contentType: 'text/plain; version=0.0.4; charset=utf-8',
  body: '# metrics could not be collected\n',
};

/** The one door: every call is guarded, what fails in it is counted and never reaches the caller. */
export function createFacade<Metrics extends MetricDefinitions>(
  parts: Parts,
): Observability<Metrics> {
  const { service, store, refusals, tracer } = parts;
  const processScope = createScope();
  const logger = createLogger(parts.logs, refusals);
  let closing: Promise<boolean> | undefined;

  // The types of a definition's labels are checked where calls are written; here they are data.
  const facade = {
    service,
    logger,
    recordMetric(name: string, value: number, labels: Labels | undefined): void {
      // Without `guard`: this is the most frequent call, and a closure costs as much as the record.
      try {
        store.record(name, value, labels ?? noLabels);
      } catch (error) {
        refusals.count('threw', `recordMetric: ${describeThrown(error)}`);
      }
    },
    observeGauge: (name: string, observer: Observer) =>
      guard(
        'observeGauge',
        () => {},
        () => store.observe(name, observer),
      ),
    startSpan,
    setSpanAttribute: (name: string, value: unknown) =>
      guard('setSpanAttribute', undefined, () => {
        const clean = toAttribute(name, value);
        if (clean !== undefined) trace.getActiveSpan()?.setAttribute(name, clean);
      }),
    captureError: (error: unknown, options?: CaptureOptions) =>
      guard('captureError', undefined, () =>
        captureWith(parts, activeScope(processScope), { error, options }),
      ),
    captureMessage: (message: string, options?: CaptureOptions) =>
      guard('captureMessage', undefined, () =>
        captureWith(parts, activeScope(processScope), { message, options }),
      ),
    recordEvent: (name: string, body?: Readonly<Record<string, unknown>>) =>
      guard('recordEvent', undefined, () => parts.logs.write(toEventRecord(name, body))),
    setUser: (user: { readonly id: string } | undefined) =>
      guard('setUser', undefined, () => {
        const id = user === undefined ? undefined : scrubText(String(user.id));
        activeScope(processScope).user = id === undefined ? undefined : { id };
        if (id !== undefined) trace.getActiveSpan()?.setAttribute('user.id', id);
      }),
    setContext: (name: string, value: Readonly<Record<string, unknown>>) =>
      guard('setContext', undefined, () =>
        setBounded(activeScope(processScope).contexts, String(name), scrubRecord(value)),
      ),
    setTag: (name: string, value: string) =>
      guard('setTag', undefined, () =>
        setBounded(activeScope(processScope).tags, String(name), scrubText(String(value))),
      ),
    activeTrace: () =>
      guard('activeTrace', undefined, () => {
        const active = activeSpanContext();
        return active && { traceId: active.traceId, spanId: active.spanId };
      }),
    traceContext: () => guard('traceContext', {}, toTraceContext),
    withTraceContext<Result>(carried: TraceContext, work: () => Result): Result {
      const parent = guard('withTraceContext', undefined, () => parseTraceContext(carried));
      const base = withScope(context.active());
      const active = parent === undefined ? base : trace.setSpanContext(base, parent);
      return context.with(active, toWork('withTraceContext', work));
    },
    metricsText: (accept?: string) =>
      parts.metricsText(accept).catch((error: unknown) => {
        refusals.count('threw', `metricsText: ${describeThrown(error)}`);
        return noMetrics;
      }),
    health: () => parts.health(),
    flush: (options?: { readonly timeoutMs?: number }) => parts.flush(timeoutOf(options)),
    shutdown: (options?: { readonly timeoutMs?: number }) => {
      closing ??= parts.shutdown(timeoutOf(options));
      return closing;
    },
  };
  const observability = facade as unknown as Observability<Metrics>;
  registerParts(observability, parts);
  return observability;

  function guard<Result>(call: string, otherwise: Result, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      refusals.count('threw', `${call}: ${describeThrown(error)}`);
      return otherwise;
    }
  }

  function timeoutOf(options: { readonly timeoutMs?: number } | undefined): number {
    const given = guard('flush', undefined, () => options?.timeoutMs);
    const isTime = typeof given === 'number' && given >= 0;
    return isTime ? Math.min(given, flushTimeoutMsMax) : flushTimeoutMsDefault;
  }

  function startSpan<Result>(
    name: string,
    optionsOrWork: SpanOptions | ((span: Span) => Result),
    maybeWork?: (span: Span) => Result,
  ): Result {
    const options = typeof optionsOrWork === 'function' ? {} : (optionsOrWork ?? {});
    const work = toWork(
      'startSpan',
      typeof optionsOrWork === 'function' ? optionsOrWork : maybeWork,
    );
    const parent = withScope(context.active());
    const span = guard('startSpan', undefined, () => openSpan(name, options, parent));
    const active = span === undefined ? parent : trace.setSpan(parent, span);
    const within = guard('startSpan', false, () => options.suppressChildren === true)
      ? suppressTracing(active)
      : active;
    return runInSpan(span, () => context.with(within, () => work(toFacadeSpan(span, refusals))));
  }

  /** A call without work has nothing to do, which is counted, and still does not throw. */
  function toWork<Work extends (...given: never[]) => unknown>(call: string, work?: Work): Work {
    if (typeof work === 'function') return work;
    refusals.count('work_missing', `${call}: expected a function to run, got ${typeof work}`);
    return (() => undefined) as unknown as Work;
  }

  function openSpan(name: string, options: SpanOptions, parent: Context): OtelSpan {
    return tracer.startSpan(
      scrubText(String(name)),
      {
        kind: spanKinds[options.kind ?? 'internal'] ?? spanKinds.internal,
        attributes: toAttributes(options.attributes),
        links: (options.links ?? []).flatMap((link) => toLink(link) ?? []),
      },
      parent,
    );
  }

  /** The work's own result or error goes on untouched; the span ends when the work does. */
  function runInSpan<Result>(span: OtelSpan | undefined, work: () => Result): Result {
    const end = (): void => guard('endSpan', undefined, () => span?.end());
    const fail = (error: unknown): void =>
      guard('endSpan', undefined, () => {
        if (span !== undefined) failSpan(span, error);
      });
    let result: Result;
    try {
      result = work();
    } catch (error) {
      fail(error);
      end();
      throw error;
    }
    if (!isPromiseLike(result)) {
      end();
      return result;
    }
    return result.then(
      (value) => {
        end();
        return value;
      },
      (error: unknown) => {
        fail(error);
        end();
        throw error;
      },
    ) as Result;
  }
}

/** The body as it is structured; its plain fields are attributes too, to be searched by. */
function toEventRecord(name: string, given: Readonly<Record<string, unknown>> = {}): LogRecord {
  const eventName = scrubText(String(name));
  const body = scrubRecord(given);
  const plain = Object.entries(body).filter(([, value]) => typeof value !== 'object');
  const attributes = toAttributes(Object.fromEntries(plain));
  return { level: 'info', message: eventName, eventName, body, attributes };
}

function activeSpanContext() {
  const active = trace.getActiveSpan()?.spanContext();
  return active !== undefined && isSpanContextValid(active) ? active : undefined;
}

function toTraceContext(): TraceContext {
  const active = activeSpanContext();
  if (active === undefined) return {};
  const { traceId, spanId, traceFlags, traceState } = active;
  const flags = (traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0');
  const tracestate = traceState?.serialize();
  return {
    traceparent: `00-${traceId}-${spanId}-${flags}`,
    ...(tracestate ? { tracestate } : {}),
  };
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  try {
    return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
  } catch {
    // What cannot be looked at is given back as it is.
    return false;
  }
}
