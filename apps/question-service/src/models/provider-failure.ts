import { z } from 'zod';
import type { ErrorCategory } from '../telemetry/labels.ts';

/** A refusal of a provider's API, as it came over the wire. */
export interface HttpRefusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body: text, or JSON that was read already. */
  readonly body: unknown;
}

export interface ReadRefusal {
  readonly category: ErrorCategory;
  /** The model declines what was asked: it would again. */
  readonly isDeclined: boolean;
  readonly retryAfterMs?: number;
  /** The provider's own short word for it, such as `rate_limit_exceeded`. */
  readonly code?: string;
  /** The provider's own sentence. It may quote what was sent. */
  readonly message: string;
}

/** Says what a refusal means. Statuses alone do not tell: a spent account is 400, 402, 403 or 429. */
export function readRefusal(refusal: HttpRefusal): ReadRefusal {
  const error = readBody(refusal.body);
  const retryAfterMs = pauseOf(refusal.headers, error);
  return {
    category: categoryOf(refusal.status, error),
    isDeclined: declined.test(error.message),
    message: error.message,
    ...(error.codes[0] === undefined ? {} : { code: error.codes[0] }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

const rateLimitCode = /rate_?limit/i;
const billingCode = /insufficient_quota|billing|credit/i;
const serverCode = /^(?:server_error|api_error|overloaded_error|internal)/i;
const billingMessage =
  /credit balance|(?:all|out of|available|purchase) (?:\w+ )?credits|credits are depleted|billing|spending limit|usage limits|exceeded your current quota/i;
const keyMessage = /api[ _-]?key/i;
const declined = /usage (?:guidelines|polic)|content[ _-]?polic/i;

function categoryOf(status: number, error: ErrorBody): ErrorCategory {
  const { codes, message, quotas, pause } = error;
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (declined.test(message)) return 'model_error';
  if (status === 401) return 'authentication';
  if (status === 402 || has(billingCode)) return 'billing_quota';
  // Google says the same of a minute's limit and of a spent account, and tells them apart in its details.
  if (quotas.some((quota) => /PerDay/i.test(quota))) return 'billing_quota';
  if (has(rateLimitCode) || quotas.length > 0 || (status === 429 && pause)) return 'rate_limit';
  if (status < 500 && billingMessage.test(message)) return 'billing_quota';
  if (status === 403 || (status === 400 && keyMessage.test(message))) return 'authentication';
  if (status === 429) return 'rate_limit';
  if (status === 408) return 'network_error';
  if (status >= 500 || status === 409 || has(serverCode)) return 'server_error';
  return status >= 400 ? 'invalid_request' : 'unknown';
}

/** What the error bodies of the four providers have in common, none of it certain. */
interface ErrorBody {
  readonly codes: readonly string[];
  readonly message: string;
  /** Names of the quotas that were exceeded. */
  readonly quotas: readonly string[];
  /** Such as `34s`. */
  readonly pause?: string;
}

const text = z.string().optional().catch(undefined);
const detailSchema = z.looseObject({
  reason: text,
  retryDelay: text,
  violations: z.array(z.looseObject({ quotaId: text })).catch([]),
});
const errorSchema = z.looseObject({
  message: text,
  type: text,
  code: text,
  status: text,
  details: z.array(detailSchema).catch([]),
});
const bodySchema = z.looseObject({
  code: text,
  error: z.union([z.string(), errorSchema]).optional().catch(undefined),
});

function readBody(body: unknown): ErrorBody {
  const { code, error } = bodySchema.safeParse(parseJson(body)).data ?? {};
  if (error === undefined || typeof error === 'string') {
    return { codes: present([code]), message: error ?? '', quotas: [] };
  }
  const reasons = error.details.map(({ reason }) => reason);
  const pause = error.details.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  const violations = error.details.flatMap((detail) => detail.violations);
  return {
    codes: present([error.code, error.type, error.status, ...reasons]),
    message: error.message ?? '',
    quotas: present(violations.map(({ quotaId }) => quotaId)),
    ...(pause === undefined ? {} : { pause }),
  };
}

function present(values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}

function parseJson(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds or as a date, its finer sibling in milliseconds, or Google's detail. */
function pauseOf(
  headers: Readonly<Record<string, string>>,
  { pause }: ErrorBody,
): number | undefined {
  const milliseconds = Number.parseFloat(headers['retry-after-ms'] ?? '');
  if (milliseconds >= 0) return milliseconds;
  const retryAfter = headers['retry-after'] ?? pause?.replace(/s$/, '') ?? '';
  const seconds = Number(retryAfter || Number.NaN);
  if (seconds >= 0) return seconds * 1_000;
  // A day of the week begins a date: `-3` would be one too.
  const at = /^[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
