/**
 * An error's stable name for `error.type`: its code where it has one in the style of this project
 * (`provider_rate_limited`) or of Node (`ECONNREFUSED`), else its class.
 */
export function errorType(error: unknown): string {
  try {
    if (typeof error !== 'object' || error === null) return typeof error;
    const { code, name } = error as { code?: unknown; name?: unknown };
    if (typeof code === 'string' && /^[A-Za-z][\w.]{1,63}$/.test(code)) return code;
    if (typeof name === 'string' && name !== '' && name !== 'Error') return name.slice(0, 64);
    return error.constructor?.name ?? 'Error';
  } catch {
    return 'unknown';
  }
}

/** Any thrown thing as an Error, with the original as its cause. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  try {
    const text =
      typeof thrown === 'string' ? thrown : `${typeof thrown} thrown: ${JSON.stringify(thrown)}`;
    return new Error(text.slice(0, 1_024), { cause: thrown });
  } catch {
    return new Error(`${typeof thrown} thrown`, { cause: thrown });
  }
}

/** A thrown thing in one short line, even where its `toString` throws. */
export function describeThrown(thrown: unknown): string {
  try {
    return String(thrown).slice(0, 200);
  } catch {
    return 'a value that cannot be printed';
  }
}
