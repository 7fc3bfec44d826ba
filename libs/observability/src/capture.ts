import { trace } from '@opentelemetry/api';
import type { CaptureOptions, Severity } from './observability.ts';
import type { CapturedError, LogLevel, Parts } from './parts.ts';
import { type CleanAttributes, toAttributes } from './policy/attributes.ts';
import { errorType, toError } from './policy/error-type.ts';
import { scrubRecord, scrubText } from './policy/scrub.ts';
import type { Scope } from './scope.ts';

export interface Capture {
  readonly error?: unknown;
  readonly message?: string;
  readonly options: CaptureOptions | undefined;
}

const logLevels: Readonly<Record<Severity, LogLevel>> = {
  debug: 'debug',
  info: 'info',
  warning: 'warn',
  error: 'error',
  fatal: 'error',
};

/** Sends an error where errors go, marks the active span with the event's id, and writes a line. */
export function captureWith(parts: Parts, scope: Scope, capture: Capture): string | undefined {
  const { error: thrown, message, options = {} } = capture;
  const { reported } = parts;
  const isObject = typeof thrown === 'object' && thrown !== null;
  if (isObject && reported.has(thrown)) return reported.get(thrown);

  const level = options.level ?? (message === undefined ? 'error' : 'info');
  const error = message === undefined ? toError(thrown) : new Error(message);
  const span = trace.getActiveSpan();
  const traceUrl = span && parts.traceLink?.(span.spanContext());
  const captured: CapturedError = {
    error,
    ...(message === undefined ? {} : { message: scrubText(String(message)) }),
    level,
    context: scrubRecord(options.context),
    contexts: Object.fromEntries(scope.contexts),
    tags: { ...Object.fromEntries(scope.tags), ...scrubTags(options.tags) },
    ...(scope.user === undefined ? {} : { user: scope.user }),
    ...(traceUrl === undefined ? {} : { traceUrl }),
  };
  const eventId = parts.errors.capture(captured);
  if (isObject) reported.set(thrown, eventId);
  if (eventId !== undefined) span?.setAttribute('sentry.event_id', eventId);
  parts.logs.write(toLogRecord(captured, eventId));
  return eventId;
}

function toLogRecord(captured: CapturedError, eventId: string | undefined) {
  const { error, message, level, context, tags } = captured;
  const attributes: CleanAttributes = {
    ...toAttributes(context),
    ...toAttributes(tags),
    ...(eventId === undefined ? {} : { 'sentry.event_id': eventId }),
  };
  if (message !== undefined) return { level: logLevels[level], message, attributes };
  return {
    level: logLevels[level],
    message: 'error captured',
    attributes: { ...attributes, 'error.type': errorType(error) },
    local: {
      'exception.message': scrubText(error.message),
      'exception.stacktrace': scrubText(describeWithCauses(error)),
    },
  };
}

function describeWithCauses(error: Error): string {
  const lines: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 5 && current !== undefined && current !== null; depth += 1) {
    const text = current instanceof Error ? (current.stack ?? String(current)) : String(current);
    lines.push(depth === 0 ? text : `caused by: ${text}`);
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines.join('\n');
}

function scrubTags(tags: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(scrubRecord(tags))) result[name] = String(value);
  return result;
}
