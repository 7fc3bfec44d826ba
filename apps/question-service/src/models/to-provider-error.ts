import {
  APICallError,
  InvalidResponseDataError,
  NoObjectGeneratedError,
  TypeValidationError,
} from 'ai';
import { ZodError } from 'zod';
import { ProviderError, type Usage } from '../providers/question-provider.ts';
import { readRefusal } from './provider-failure.ts';

/** What a failed call is told with. */
export interface FailedCall {
  /** `provider/model`. */
  readonly reference: string;
  /** What was sent: no message may quote it. */
  readonly sent: readonly string[];
  readonly signal: AbortSignal;
  /** What it cost, where a reply came. */
  readonly usage?: Usage | undefined;
}

/**
 * Turns what the AI SDK threw into an error of ours. Its own errors hold the request, the reply and the
 * headers, so they go no further, not even as a cause: telemetry would get prompts and completions.
 */
export function toProviderError(error: unknown, call: FailedCall): ProviderError {
  const { reference, signal, usage } = call;
  if (error instanceof ProviderError) return error;
  if (NoObjectGeneratedError.isInstance(error)) {
    return toUnusableReply(`${reference} ${whyUnusable(error)}`, error.finishReason, usage);
  }
  if (signal.aborted) return toAbortError(call);
  const networkCode = findNetworkCode(error);
  if (networkCode !== undefined) {
    return new ProviderError('network_error', `${reference} could not be reached: ${networkCode}`);
  }
  if (InvalidResponseDataError.isInstance(error)) {
    return toUnusableReply(`${reference} answered with too much or too little`, undefined, usage);
  }
  if (!APICallError.isInstance(error)) {
    const name = error instanceof Error ? error.name : typeof error;
    return new ProviderError('unknown', `${reference} failed with ${name}`, { usage });
  }
  const { statusCode: status, responseHeaders: headers = {}, responseBody: body } = error;
  if (status === undefined) {
    return new ProviderError('network_error', `${reference} could not be reached`);
  }
  if (status < 400) {
    return new ProviderError('server_error', `${reference} answered ${status} with no reply in it`);
  }
  const { category, code, message, ...refusal } = readRefusal({ status, headers, body });
  const words = [code, quotes(message, call.sent) ? '' : message.slice(0, 300)].filter(Boolean);
  return new ProviderError(category, `${reference} answered ${status}: ${words.join(', ')}`, {
    ...(refusal.isDeclined ? { isRetryable: false } : {}),
    retryAfterMs: refusal.retryAfterMs,
    usage,
  });
}

/** A reply that is of no use. What the model declined it would decline again; anything else is worth another attempt. */
export function toUnusableReply(
  message: string,
  finishReason: string | undefined,
  usage: Usage | undefined,
): ProviderError {
  const isDeclined = finishReason === 'content-filter';
  return new ProviderError('model_error', isDeclined ? `${message}: it declined` : message, {
    isRetryable: !isDeclined,
    usage,
  });
}

function whyUnusable({ cause, finishReason }: NoObjectGeneratedError): string {
  if (finishReason === 'length') return 'was cut at its limit of tokens';
  if (!TypeValidationError.isInstance(cause)) return 'answered with no JSON';
  const issues = cause.cause instanceof ZodError ? cause.cause.issues : [];
  // The path and the kind of fault, never the value.
  const faults = issues.slice(0, 3).map(({ path, code }) => `${path.join('.')} (${code})`);
  return `answered with JSON of another form: ${faults.join(', ')}`;
}

/** A call that ran out of time is a fault of the network; one that was called off is nobody's. */
function toAbortError({ reference, signal }: FailedCall): ProviderError {
  const { reason } = signal;
  const isLate = reason instanceof Error && reason.name === 'TimeoutError';
  return isLate
    ? new ProviderError('network_error', `${reference} did not answer in time`)
    : new ProviderError('unknown', `the call of ${reference} was called off`);
}

/** The system's word for what went wrong with a connection, from the depths of the causes. */
function findNetworkCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 10 && current instanceof Error; depth += 1) {
    const { code } = current as { code?: unknown };
    if (typeof code === 'string' && /^(?:UND_ERR_|E[A-Z]{3,}|CERT_|ERR_TLS)/.test(code))
      return code;
    current = current.cause;
  }
  return undefined;
}

/** Shorter stretches are words that every message has. */
const quoteLength = 12;

/** True where a message repeats a stretch of what was sent. */
function quotes(message: string, sent: readonly string[]): boolean {
  for (let at = 0; at + quoteLength <= message.length; at += 1) {
    const stretch = message.slice(at, at + quoteLength);
    if (sent.some((text) => text.includes(stretch))) return true;
  }
  return false;
}
