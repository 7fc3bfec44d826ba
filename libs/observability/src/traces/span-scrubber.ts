import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { isSecretKey, scrubbed, scrubKey, scrubText } from '../policy/scrub.ts';
import { sanitizeSql } from '../policy/sql-text.ts';

const sqlKeys = new Set(['db.query.text', 'db.statement']);

/** Comes before every exporter: what instrumentations wrote is scrubbed like what callers wrote. */
export function createSpanScrubber(): SpanProcessor {
  return {
    onStart() {},
    onEnd(span: ReadableSpan) {
      try {
        const fields = span as { name: string };
        const status = span.status as { message?: string };
        fields.name = scrubText(span.name);
        if (status.message !== undefined) status.message = scrubText(status.message);
        scrubInPlace(span.attributes);
        for (const event of span.events) if (event.attributes) scrubInPlace(event.attributes);
      } catch {
        // A span that cannot be scrubbed has frozen attributes, which no instrumentation makes.
      }
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

function scrubInPlace(attributes: Attributes): void {
  for (const key of Object.keys(attributes)) {
    const value = attributes[key];
    const kept = isSecretKey(key) ? scrubbed : clean(key, value);
    const name = scrubKey(key);
    if (name !== key) delete attributes[key];
    if (kept !== value || name !== key) attributes[name] = kept;
  }
}

function clean(key: string, value: Attributes[string]): Attributes[string] {
  if (typeof value === 'string') return scrubText(sqlKeys.has(key) ? sanitizeSql(value) : value);
  if (!Array.isArray(value)) return value;
  return value.map((each) => (typeof each === 'string' ? scrubText(each) : each)) as typeof value;
}
