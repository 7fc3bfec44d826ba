/** What an answer is counted as. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a model server does with one request. Where an answer is paid for, `usage` says with what. */
export type ModelAnswer =
  /** The text as it is; finished. */
  | { readonly kind: 'text'; readonly text: string; readonly usage?: ModelUsage }
  /** Structured output: the value as JSON. */
  | { readonly kind: 'json'; readonly value: unknown; readonly usage?: ModelUsage }
  /** The first half of the JSON, as when the limit of tokens is reached. */
  | { readonly kind: 'cut json'; readonly value: unknown; readonly usage?: ModelUsage }
  /** The model declines, in the way of its provider. */
  | { readonly kind: 'refusal'; readonly usage?: ModelUsage }
  /** One vector for each text that was given. */
  | { readonly kind: 'vectors'; readonly vectors: readonly (readonly number[])[] }
  /** A refusal of the API, in its provider's own words and status. */
  | { readonly kind: ModelFault; readonly retryAfterSeconds?: number; readonly message?: string }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Resets the connection before an answer. */
  | { readonly kind: 'reset' }
  /** Sends a finished answer in chunks, and resets the connection half-way. */
  | { readonly kind: 'cut body'; readonly value: unknown }
  /** 200 with a page of HTML. */
  | { readonly kind: 'html' };

/** How the API of a provider can refuse a request. */
export const modelFaults = [
  'invalid request',
  'unauthenticated',
  'no credit',
  'rate limit',
  'server error',
  'overloaded',
] as const;
export type ModelFault = (typeof modelFaults)[number];

/** Deterministic, and no better than a guess: a token for four characters. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
