/** What stands where a secret stood. */
export const scrubbed = '[scrubbed]';

const secretKey =
  /^(?:.*[-_.])?(?:authorization|cookie|set-cookie|passw(?:or)?d|passphrase|secret|token|api[-_]?key|apikey|access[-_]?key|private[-_]?key|service[-_]?key|credentials?|dsn|jwt|session[-_]?id|csrf|otp)(?:[-_.]?(?:hash|value|header))?$/i;
/** Names that end like a secret's and are none: counts of language model tokens, for one. */
const harmlessKey = /(?:tokens|token[-_.](?:count|type|usage)|usage\.[a-z_]*token)$/i;
const camelBoundary = /([a-z0-9])([A-Z])/g;

const textPatterns: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${scrubbed}`],
  [/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, scrubbed],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/:@?#]*:[^\s/@?#]+@/gi, `$1${scrubbed}@`],
  [/\b(https?:\/\/)[0-9a-f]{16,}@/gi, `$1${scrubbed}@`],
  [/\b(?:sk|pk|rk)[-_](?:[\w]+[-_])*[A-Za-z0-9]{16,}\b/g, scrubbed],
  [
    /([?&;]|\b)((?:access_|refresh_|id_|api_?)?(?:token|key|secret|password|passwd|signature|code))=([^&\s;"']{3,})/gi,
    `$1$2=${scrubbed}`,
  ],
  [/[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g, scrubbed],
];

/** Nothing that the patterns look for is without one of these: most texts are done after one look. */
const suspicious = /[@=]|bearer|basic|eyJ|[spr]k[-_]/i;

const textMax = 8_192;
const keysRemembered = 2_000;
const secretKeys = new Map<string, boolean>();
const depthMaxDefault = 6;
const entriesMax = 100;

/** True where a field of this name is not to leave the process, whatever it holds. */
export function isSecretKey(key: string): boolean {
  const known = secretKeys.get(key);
  if (known !== undefined) return known;
  const snake = key.replace(camelBoundary, '$1_$2');
  const secret = secretKey.test(snake) && !harmlessKey.test(snake);
  if (secretKeys.size < keysRemembered && key.length < 100) secretKeys.set(key, secret);
  return secret;
}

/** Takes secrets, tokens, credentials in URLs and email addresses out of a text; cuts it at 8 KiB. */
export function scrubText(text: string): string {
  let result = text.length > textMax ? `${text.slice(0, textMax)}…` : text;
  if (!suspicious.test(result)) return result;
  for (const [pattern, replacement] of textPatterns) result = result.replace(pattern, replacement);
  return result;
}

/**
 * A copy that JSON can hold, without secrets: bounded in depth and width, cycles cut, errors and dates as text.
 * Never throws; a getter that does is recorded as unreadable.
 */
export function scrubValue(value: unknown, depthMax = depthMaxDefault): unknown {
  return scrubDeep(value, depthMax, new Set());
}

/** `scrubValue` for a record's fields, each by its name too. */
export function scrubRecord(
  record: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  const result = record === undefined ? {} : scrubValue(record);
  return isPlain(result) ? result : {};
}

function scrubDeep(value: unknown, depth: number, seen: Set<object>): unknown {
  switch (typeof value) {
    case 'string':
      return scrubText(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'undefined':
      return undefined;
    case 'object':
      return value === null ? null : scrubObject(value, depth, seen);
    default:
      return scrubText(String(value));
  }
}

function scrubObject(value: object, depth: number, seen: Set<object>): unknown {
  if (seen.has(value)) return '[cycle]';
  if (depth <= 0) return '[deeper]';
  try {
    if (value instanceof Date)
      return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    seen.add(value);
    if (value instanceof Error) return scrubError(value, depth, seen);
    if (value instanceof Map) return scrubObject(Object.fromEntries(value), depth, seen);
    if (Array.isArray(value) || value instanceof Set) return scrubList([...value], depth, seen);
    return scrubFields(value, depth, seen);
  } catch {
    return '[unreadable]';
  } finally {
    seen.delete(value);
  }
}

function scrubList(values: readonly unknown[], depth: number, seen: Set<object>): unknown[] {
  const kept = values.slice(0, entriesMax).map((each) => scrubDeep(each, depth - 1, seen) ?? null);
  return values.length > entriesMax ? [...kept, `[${values.length - entriesMax} more]`] : kept;
}

function scrubFields(value: object, depth: number, seen: Set<object>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  let kept = 0;
  for (const key of Object.keys(value)) {
    if (kept >= entriesMax) break;
    kept += 1;
    const name = key === '__proto__' ? '[proto]' : key;
    result[name] = isSecretKey(key)
      ? scrubbed
      : scrubDeep((value as Record<string, unknown>)[key], depth - 1, seen);
  }
  return result;
}

function scrubError(error: Error, depth: number, seen: Set<object>): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  return {
    type: name,
    message: scrubText(String(message)),
    ...(typeof stack === 'string' ? { stack: scrubText(stack) } : {}),
    ...(cause === undefined ? {} : { cause: scrubDeep(cause, depth - 1, seen) }),
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
