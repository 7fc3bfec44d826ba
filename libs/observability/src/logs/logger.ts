import type { Logger } from '../observability.ts';
import type { LogLevel, LogWriter } from '../parts.ts';
import { toAttributes } from '../policy/attributes.ts';
import { describeThrown } from '../policy/error-type.ts';
import type { Refusals } from '../policy/refusals.ts';
import { scrubText } from '../policy/scrub.ts';

/** A logger whose calls cannot throw: whatever is given becomes a scrubbed record. */
export function createLogger(writer: LogWriter, refusals: Refusals): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, attributes?: Readonly<Record<string, unknown>>): void => {
      try {
        writer.write({
          level,
          message: scrubText(String(message)),
          attributes: toAttributes(attributes),
        });
      } catch (error) {
        refusals.count('threw', `logger.${level}: ${describeThrown(error)}`);
      }
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
