import type { Stratum } from '../questions/question.ts';
import type { CallPurpose, ErrorCategory, ProviderName } from '../telemetry/labels.ts';

/** One provider call's worth: questions of one stratum. */
export interface GenerationBatch extends Stratum {
  readonly count: number;
  /** Of the run, the round and the stratum: the question at an offset is the same whatever the size of a batch. */
  readonly seed: string;
  /** Place of the first question in its stratum. */
  readonly offset: number;
}

/** What one call took. `costUsd` is absent where the price is not known. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd?: number;
}

export interface ProviderAnswer {
  /** As the model gave them: not yet checked for their form. */
  readonly questions: readonly unknown[];
  readonly usage: Usage;
}

/** One attempt at a call: whoever makes it retries nothing itself. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** Fires at the call's deadline. */
  readonly signal: AbortSignal;
}

/**
 * Makes a call to one model: attempts until one succeeds or no other may help, each with a deadline and entered
 * in the run's account. It throws what the last attempt threw.
 */
export type Ask = <Reply extends { readonly usage: Usage }>(
  purpose: CallPurpose,
  attempt: (attempt: Attempt) => Promise<Reply>,
) => Promise<Reply>;

/** An author of questions. */
export interface QuestionProvider {
  readonly name: ProviderName;
  readonly model: string;
  /** Version of what the model was told; stored with each question. */
  readonly promptVersion: string;
  /** The most questions it writes well in one call. @default as many as a batch holds */
  readonly batchSizeMax?: number;
  /** @throws {ProviderError} With the category of the failure. */
  generate(batch: GenerationBatch, attempt: Attempt): Promise<ProviderAnswer>;
}

/** What is known of a failure beyond its category. */
export interface ProviderErrorOptions extends ErrorOptions {
  /** Whether the same request may succeed later. @default by the category: see `ProviderError`. */
  readonly isRetryable?: boolean | undefined;
  /** The least pause before another attempt, where the provider named one. */
  readonly retryAfterMs?: number | undefined;
  /** What a reply that cannot be used cost: an empty `{}` or a cut JSON is paid for like any other. */
  readonly usage?: Usage | undefined;
}

/**
 * A provider that did not complete a request.
 *
 * Unless told otherwise, another attempt is worth while for `rate_limit`, `server_error`, `network_error` and
 * `model_error`, whose next reply may be another one.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly code: ErrorCategory;
  readonly isRetryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly usage: Usage | undefined;

  constructor(code: ErrorCategory, message: string, options: ProviderErrorOptions = {}) {
    super(`[${code}] ${message}`, options);
    this.code = code;
    this.isRetryable = options.isRetryable ?? retryableCategories.has(code);
    this.retryAfterMs = options.retryAfterMs;
    this.usage = options.usage;
  }
}

const retryableCategories: ReadonlySet<ErrorCategory> = new Set([
  'rate_limit',
  'server_error',
  'network_error',
  'model_error',
] as const);

/** The category of what a provider threw. A call that ran out of time is a `network_error`. */
export function categoryOf(error: unknown): ErrorCategory {
  if (error instanceof ProviderError) return error.code;
  if (error instanceof Error && error.name === 'TimeoutError') return 'network_error';
  return 'unknown';
}
