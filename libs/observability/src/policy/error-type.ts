import { scrubText, scrubValue } from './scrub.ts';

/**
 * An error's stable name for `error.type`: its code where it has one in the style of this project
 * (`provider_rate_limited`) or of Node (`ECONNREFUSED`), else its class.
 */
export function errorType(error: unknown): string {
  try {
    if (typeof error !== 'object' || error === null) return typeof error;
    const { code, name } = error as { code?: unknown; name?: unknown };
    if (typeof code === 'string' && /^[A-Za-z][\w.]{1,63}$/.test(code)) return scrubText(code);
    if (typeof name === 'string' && name !== '' && name !== 'Error')
      return scrubText(name).slice(0, 64);
    return error.constructor?.name ?? 'Error';
  } catch {
    return 'unknown';
  }
}

/**
 * Any thrown thing as an Error; what is none becomes its cause, scrubbed. An error that cannot be read is replaced: it
 * would throw in the middle of those who report it.
 */
export function toError(thrown: unknown): Error {
  try {
    if (thrown instanceof Error) {
      return isReadable(thrown, causesMax) ? thrown : new Error(unreadable);
    }
    // A copy: what was thrown may throw itself when it is looked at.
    const cause = scrubValue(thrown);
    const text =
      typeof thrown === 'string' ? thrown : `${typeof thrown} thrown: ${JSON.stringify(cause)}`;
    return new Error(text.slice(0, 1_024), { cause });
  } catch {
    return new Error(unreadable);
  }
}

const causesMax = 10;
const unreadable = 'an error that cannot be read';

/** True where name, message and stack are text, here and down the causes; throws where a getter does. */
function isReadable(error: Error, depth: number): boolean {
  const { name, message, stack, cause } = error;
  const below = error instanceof AggregateError ? [cause, ...error.errors] : [cause];
  return (
    typeof name === 'string' &&
    typeof message === 'string' &&
    (stack === undefined || typeof stack === 'string') &&
    (depth <= 0 || below.every((each) => !(each instanceof Error) || isReadable(each, depth - 1)))
  );
}

/** A thrown thing in one short line, even where its `toString` throws. */
export function describeThrown(thrown: unknown): string {
  try {
    return String(thrown).slice(0, 200);
  } catch {
    return 'a value that cannot be printed';
  }
}
