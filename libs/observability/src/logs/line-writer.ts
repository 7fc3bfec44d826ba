import { isSpanContextValid, trace } from '@opentelemetry/api';
import { destination, pino } from 'pino';
import type { LogRecord, LogWriter } from '../parts.ts';

export interface LineWriterOptions {
  readonly service: string;
  readonly level: string;
  /** Where a program's standard output is its result, its log goes to standard error. */
  readonly stream: 'stdout' | 'stderr';
}

/** Log records as JSON lines, each with the ids of the active span. */
export function createLineWriter({ service, level, stream }: LineWriterOptions): LogWriter {
  // Synchronous, so that the last line before an exit is there.
  const target = destination({ dest: stream === 'stdout' ? 1 : 2, sync: true });
  // A reader that went away is no reason to end.
  target.on('error', () => {});
  const lines = pino(
    {
      level,
      messageKey: 'message',
      base: { service },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    target,
  );
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
    },
  };
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
