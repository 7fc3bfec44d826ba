import { isSpanContextValid, trace } from '@opentelemetry/api';
import { destination, pino } from 'pino';
import type { LogLevel, LogRecord, LogWriter } from '../parts.ts';

/** How long a service's line may wait for others, to be written with them in one call of the system. */
const flushAfterMs = 20;
const bufferedBytesMax = 8_192;
/** What is wrong is told at once: the process may not live to tell it later. */
const urgent: ReadonlySet<LogLevel> = new Set(['warn', 'error']);

export interface LineWriterOptions {
  readonly service: string;
  readonly level: string;
  /** Where a program's standard output is its result, its log goes to standard error. */
  readonly stream: 'stdout' | 'stderr';
}

/** Log records as JSON lines, each with the ids of the active span. */
export function createLineWriter({ service, level, stream }: LineWriterOptions): LogWriter {
  const target = openTarget(stream);
  // A reader that went away is no reason to end.
  target.on('error', () => {});
  const lines = pino(
    {
      level,
      messageKey: 'message',
      base: { service },
      timestamp,
      formatters: { level: (label) => ({ level: label }) },
    },
    target,
  );
  let isFlushing = false;
  const flushSoon = (): void => {
    if (isFlushing) return;
    isFlushing = true;
    setTimeout(() => {
      isFlushing = false;
      target.flushSync();
    }, flushAfterMs).unref();
  };
  return {
    write(record: LogRecord) {
      const { attributes, local, eventName, body, message } = record;
      lines[record.level](
        {
          ...activeIds(),
          ...(eventName === undefined ? {} : { event: eventName }),
          ...withoutReserved(body ?? attributes),
          ...local,
        },
        message,
      );
      if (stream === 'stderr' || urgent.has(record.level)) target.flushSync();
      else flushSoon();
    },
  };
}

/** Written synchronously, so that the last line before an exit is there. */
function openTarget(stream: 'stdout' | 'stderr') {
  const target = destination({
    dest: stream === 'stdout' ? 1 : 2,
    sync: true,
    minLength: bufferedBytesMax,
  });
  process.once('exit', () => target.flushSync());
  return target;
}

let formattedMs = 0;
let formatted = '';

/** Lines of the same millisecond share their time. */
function timestamp(): string {
  const nowMs = Date.now();
  if (nowMs !== formattedMs) {
    formattedMs = nowMs;
    formatted = `,"time":"${new Date(nowMs).toISOString()}"`;
  }
  return formatted;
}

/** An attribute may not take the place of what every line has. */
function withoutReserved(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(attributes)) {
    result[reserved.has(key) ? `attribute.${key}` : key] = value;
  }
  return result;
}

const reserved = new Set(['level', 'time', 'service', 'message', 'trace_id', 'span_id', 'event']);

function activeIds(): { trace_id?: string; span_id?: string } {
  const active = trace.getActiveSpan()?.spanContext();
  if (active === undefined || !isSpanContextValid(active)) return {};
  return { trace_id: active.traceId, span_id: active.spanId };
}
