import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { isSecretKey, scrubbed, scrubText } from '../policy/scrub.ts';
import { sanitizeSql } from '../policy/sql-text.ts';

const sqlKeys = new Set(['db.query.text', 'db.statement']);

/** Comes before every exporter: what instrumentations wrote is scrubbed like what callers wrote. */
export function createSpanScrubber(): SpanProcessor {
  return {
    onStart() {},
    onEnd(span: ReadableSpan) {
      try {
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
    if (typeof value !== 'string') continue;
    const clean = sqlKeys.has(key) ? scrubText(sanitizeSql(value)) : scrubText(value);
    const kept = isSecretKey(key) ? scrubbed : clean;
    if (kept !== value) attributes[key] = kept;
  }
}
