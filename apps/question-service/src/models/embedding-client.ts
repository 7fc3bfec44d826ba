import type { Usage } from '../providers/question-provider.ts';
import type { ModelIdentity } from './model-telemetry.ts';

export interface EmbeddingRequest {
  readonly texts: readonly string[];
  /** From 1: an attribute of the CLIENT span. */
  readonly attempt: number;
  readonly signal: AbortSignal;
}

export interface EmbeddingReply {
  /** One for each text, in their order. */
  readonly vectors: readonly (readonly number[])[];
  /** Without `costUsd` where the provider tells no tokens, as Google does. */
  readonly usage: Usage;
}

/** One embedding model of one provider. */
export interface EmbeddingClient extends ModelIdentity {
  /**
   * Asks once; a provider that takes fewer texts at a time is asked in parts, all of which have to succeed.
   *
   * @throws {ProviderError} With the category of the failure.
   */
  embed(request: EmbeddingRequest): Promise<EmbeddingReply>;
}
