import { createRecentSet } from './recent-set.ts';

/** What stands where a secret stood. */
export const scrubbed = '[scrubbed]';

const secretKey =
  /^(?:.*[-_.])?(?:authorization|cookies?|set-cookie|passw(?:or)?ds?|passphrase|secrets?|token|api[-_]?key|apikey|access[-_]?key|private[-_]?key|service[-_]?key|credentials?|dsn|jwt|session[-_]?id|csrf|otp)(?:[-_.]?(?:hash|value|header))?$/i;
/** Names that end like a secret's and are none: counts of language model tokens, for one. */
const harmlessKey = /(?:tokens|token[-_.](?:count|type|usage)|usage\.[a-z_]*token)$/i;
const camelBoundary = /([a-z0-9])([A-Z])/g;

const textPatterns: readonly (readonly [RegExp, string | ((...match: string[]) => string)])[] = [
  [/\b(bearer|basic)\s+[\w+/=.~-]{8,}/gi, `$1 ${scrubbed}`],
  [/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, scrubbed],
  [/\b([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/:@?#]*:[^\s/]+@/gi, `$1${scrubbed}@`],
  [/\b(https?:\/\/)[0-9a-f]{16,}@/gi, `$1${scrubbed}@`],
  [/\b(?:sk|pk|rk)[-_](?:[\w]+[-_])*[A-Za-z0-9]{16,}\b/g, scrubbed],
  [
    /(?<![\w.])[2-6](?:[ -]?\d){12,18}(?!\w)/g,
    (digits = '') => (isCardLike(digits) ? scrubbed : digits),
  ],
];

/** Nothing that the patterns look for is without one of these: most texts are done after one look. */
const suspicious =
  /[@=]|%40|bearer|basic|eyJ|[spr]k[-_]|(?<![\w.])[2-6](?:[ -]?\d){12}|(?:passw(?:or)?ds?|passphrase|secrets?|token|key|cookies?|authorization|credentials?)["']?\s*:/i;

/** In the query of a URL these are secrets too; elsewhere the words mean many things. */
const secretInQuery = /^(?:.*[-_.])?(?:key|signature|sig|code|auth|session)$/i;

const textMax = 8_192;
/** No secret is longer. */
const cutMargin = 1_024;
const keysRemembered = 2_000;
/** Names, routes and kinds come again and again: what was looked at once need not be looked at again. Ids do not. */
const rememberedLengthMax = 64;
const hasDigit = /\d/;
const cleanTexts = createRecentSet(2_000);
const secretKeys = new Map<string, boolean>();
const cleanKeys = new Map<string, string>();
const assignment = /(?<![\w.-])(["']?)([\w.-]{2,128})\1\s*[=:]\s*/g;
const assigned = /"[^"]*"|'[^']*'|[^\s&;,"'})\]]+/y;
const emailSign = /@|%40/g;
const emailLocal = /[\p{L}\p{N}_.%+'-]{1,64}$/u;
const emailDomain = /(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/uy;
const encodedPart = /[^\s"']*%[0-9a-f]{2}[^\s"']*/gi;
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

/** Takes secrets, tokens, credentials in URLs, email addresses and card numbers out of a text; cuts it at 8 KiB. */
export function scrubText(text: string): string {
  if (text.length <= rememberedLengthMax && !hasDigit.test(text)) {
    if (cleanTexts.has(text)) return text;
    const clean = scrubPatterns(text);
    if (clean === text) cleanTexts.add(text);
    return clean;
  }
  if (text.length <= textMax) return scrubPatterns(text);
  // What the first cut went through is not known as a secret any more: the second cut takes it away.
  const clean = scrubPatterns(text.slice(0, textMax + cutMargin));
  return `${clean.slice(0, Math.min(textMax, Math.max(0, clean.length - cutMargin)))}…`;
}

/** True for what could be the number of a payment card: a known first digit, a length, a check digit. */
export function isCardLike(text: string): boolean {
  const digits = text.replace(/[ -]/g, '');
  if (
    !/^(?:4\d{12}(?:\d{3}){0,2}|(?:5[1-5]|2[2-7]|35|6\d)\d{14}|3[0689]\d{12}|3[47]\d{13})$/.test(
      digits,
    )
  )
    return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]) * (index % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** A field's name without what may not leave: some records are keyed by email address. */
export function scrubKey(key: string): string {
  const known = cleanKeys.get(key);
  if (known !== undefined) return known;
  const clean = scrubText(key);
  if (cleanKeys.size < keysRemembered && key.length < 100) cleanKeys.set(key, clean);
  return clean;
}

function scrubPatterns(text: string): string {
  let result = text.includes('%') ? text.replace(encodedPart, scrubEncoded) : text;
  if (!suspicious.test(result)) return result;
  for (const [pattern, replacement] of textPatterns) {
    result = result.replace(pattern, replacement as string);
  }
  return scrubAssignments(scrubEmails(result));
}

/** What is secret once it is decoded is given decoded and scrubbed, the rest as it is. */
function scrubEncoded(part: string): string {
  try {
    const decoded = decodeURIComponent(part);
    const clean = decoded === part ? decoded : scrubPatterns(decoded);
    return clean === decoded ? part : clean;
  } catch {
    return part;
  }
}

/** Looks around each sign: one pattern for the whole would try every letter of a long word as a beginning. */
function scrubEmails(text: string): string {
  let result = '';
  let done = 0;
  for (const { 0: sign, index } of text.matchAll(emailSign)) {
    if (index < done) continue;
    const local = emailLocal.exec(text.slice(Math.max(done, index - 64), index))?.[0];
    emailDomain.lastIndex = index + sign.length;
    const domain = emailDomain.exec(text)?.[0];
    if (local === undefined || domain === undefined) continue;
    result += text.slice(done, index - local.length) + scrubbed;
    done = index + sign.length + domain.length;
  }
  return done === 0 ? text : result + text.slice(done);
}

/** `password=…`, `"token": …`: values by the name before them. */
function scrubAssignments(text: string): string {
  let result = '';
  let done = 0;
  for (const { 0: before, 2: name = '', index } of text.matchAll(assignment)) {
    const start = index + before.length;
    const isSecret = isSecretKey(name) || (before.includes('=') && secretInQuery.test(name));
    if (!isSecret || start < done) continue;
    assigned.lastIndex = start;
    const value = assigned.exec(text)?.[0];
    if (value === undefined || /^(?:bearer|basic)$/i.test(value)) continue;
    result += text.slice(done, start) + scrubbed;
    done = start + value.length;
  }
  return done === 0 ? text : result + text.slice(done);
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
      return Number.isFinite(value) ? scrubNumber(value) : String(value);
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

/** A card's number stays one where it is given as a number. */
export function scrubNumber(value: number): number | string {
  return value >= 1e12 && Number.isSafeInteger(value) && isCardLike(String(value))
    ? scrubbed
    : value;
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
    const name = key === '__proto__' ? '[proto]' : scrubKey(key);
    result[name] = isSecretKey(key)
      ? scrubbed
      : scrubDeep((value as Record<string, unknown>)[key], depth - 1, seen);
  }
  return result;
}

function scrubError(error: Error, depth: number, seen: Set<object>): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  return {
    type: scrubText(String(name)),
    message: scrubText(String(message)),
    ...(typeof stack === 'string' ? { stack: scrubText(stack) } : {}),
    ...(cause === undefined ? {} : { cause: scrubDeep(cause, depth - 1, seen) }),
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
