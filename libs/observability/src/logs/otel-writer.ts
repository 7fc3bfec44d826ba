import { type Logger, SeverityNumber } from '@opentelemetry/api';
import type { CapturedError, LogLevel, LogWriter } from '../parts.ts';
import { toAttributes } from '../policy/attributes.ts';
import { errorType } from '../policy/error-type.ts';
import { scrubText } from '../policy/scrub.ts';

const severities: Readonly<Record<LogLevel, SeverityNumber>> = {
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
};

/** The same records as OpenTelemetry logs; the SDK adds the active trace. */
export function createOtelLogWriter(logger: Logger): LogWriter {
  return {
    write({ level, message, attributes, eventName, body }) {
      logger.emit({
        severityNumber: severities[level],
        severityText: level,
        body: body ?? message,
        attributes,
        ...(eventName === undefined ? {} : { eventName }),
      });
    },
  };
}

/** An error as OpenTelemetry has it: a log record with event name `exception`. */
export function emitException(logger: Logger, captured: CapturedError): void {
  const { error, level, context, tags } = captured;
  logger.emit({
    eventName: 'exception',
    severityNumber: level === 'fatal' ? SeverityNumber.FATAL : SeverityNumber.ERROR,
    severityText: level,
    body: scrubText(error.message),
    attributes: {
      ...toAttributes(context),
      ...toAttributes(tags),
      'exception.type': errorType(error),
      'exception.message': scrubText(error.message),
      'exception.stacktrace': scrubText(error.stack ?? ''),
    },
  });
}

/** Writes to each; one that fails does not keep the record from the others. */
export function toAllWriters(writers: readonly LogWriter[]): LogWriter {
  return {
    write(record) {
      let failure: unknown;
      for (const writer of writers) {
        try {
          writer.write(record);
        } catch (error) {
          failure = error;
        }
      }
      if (failure !== undefined) throw failure;
    },
  };
}
