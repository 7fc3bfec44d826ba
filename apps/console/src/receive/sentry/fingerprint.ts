import { createHash } from 'node:crypto';
import type { ErrorException } from '../../store/model.ts';
import { frameOf } from '../../store/stack-frame.ts';

/** What Sentry's SDKs write where their own grouping shall count too. */
const byDefault = /^\{\{\s*default\s*\}\}$/;

/**
 * Which group an event belongs to, as 16 hexadecimal digits: by the fingerprint that was sent, or else by type and
 * stack of what was thrown, without line numbers; without a stack, by type and message without its numbers.
 */
export function fingerprintOf(event: {
  readonly sent: unknown;
  readonly exceptions: readonly ErrorException[];
  readonly message: string;
}): string {
  const own = Array.isArray(event.sent)
    ? event.sent.filter((part): part is string => typeof part === 'string')
    : [];
  const parts =
    own.length === 0
      ? defaultParts(event)
      : own.flatMap((part) => (byDefault.test(part) ? defaultParts(event) : [part]));
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

function defaultParts({
  exceptions,
  message,
}: {
  exceptions: readonly ErrorException[];
  message: string;
}): string[] {
  const thrown = exceptions.at(-1);
  if (thrown === undefined) return ['message', withoutNumbers(message)];
  const frames = thrown.frames.map(frameOf);
  const own = frames.filter(({ inApp }) => inApp);
  const places = (own.length > 0 ? own : frames).map(
    ({ module, filename, function: name }) => `${module ?? filename ?? ''} ${name ?? ''}`,
  );
  return [thrown.type, ...(places.length > 0 ? places : [withoutNumbers(thrown.value)])];
}

/** Ids, counts and times differ from event to event. */
function withoutNumbers(text: string): string {
  return text.replace(/\b[0-9a-f]{8,}(?:-[0-9a-f]{4,})*\b|\d+/gi, '#');
}
