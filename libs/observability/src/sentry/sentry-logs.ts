import type { LogWriter } from '../parts.ts';
import { toAttributes } from '../policy/attributes.ts';
import type { ItemBuffer } from './item-buffer.ts';
import { activeIds, type LogItem } from './sentry-items.ts';

/** The same records as Sentry log items; an event is one with `event.name` and its plain fields as attributes. */
export function createSentryLogWriter(buffer: ItemBuffer<LogItem>, nowMs: () => number): LogWriter {
  return {
    write({ level, message, attributes, eventName, body }) {
      const named = eventName === undefined ? {} : { 'event.name': eventName };
      buffer.add({
        ...activeIds(),
        atMs: nowMs(),
        level,
        message,
        attributes: { ...toAttributes(body), ...attributes, ...named },
      });
    },
  };
}
