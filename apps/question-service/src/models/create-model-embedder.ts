import { type EmbeddingModel, embedMany } from 'ai';
import { embeddingText } from '../deduplication/embed.ts';
import type { QuestionEmbedder } from '../deduplication/question-embedder.ts';
import { ProviderError, type Usage } from '../providers/question-provider.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import { toUsage } from './create-model-client.ts';
import type { ModelPrice } from './model-price.ts';
import { inModelSpan, type ModelIdentity, tokenAttributes } from './model-telemetry.ts';
import { toProviderError } from './to-provider-error.ts';

export interface EmbeddingClientOptions extends ModelIdentity {
  readonly embeddingModel: EmbeddingModel;
  readonly price: ModelPrice | undefined;
  readonly telemetry: Telemetry;
  readonly now: () => Date;
}

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

/** An embedding model behind the AI SDK: each `embed` is one span and one duration. */
export function createEmbeddingClient(options: EmbeddingClientOptions): EmbeddingClient {
  const { provider, model, embeddingModel, price, telemetry, now } = options;
  const reference = `${provider}/${model}`;
  return {
    provider,
    model,
    embed: ({ texts, attempt, signal }) => {
      const attributes = { attempt, purpose: 'embedding', text_count: texts.length };
      return inModelSpan(
        telemetry,
        options,
        { operation: 'embeddings', attributes },
        async (span) => {
          try {
            const { embeddings, usage } = await embedMany({
              model: embeddingModel,
              values: [...texts],
              maxRetries: 0,
              abortSignal: signal,
            });
            if (embeddings.length !== texts.length) {
              const message = `${reference} answered ${embeddings.length} vectors for ${texts.length} texts`;
              throw new ProviderError('model_error', message);
            }
            const inputTokens = Number.isFinite(usage.tokens) ? usage.tokens : undefined;
            const counted = {
              inputTokens,
              outputTokens: inputTokens === undefined ? undefined : 0,
            };
            span.setAttributes(tokenAttributes({ inputTokens, outputTokens: undefined }));
            return { vectors: embeddings, usage: toUsage(counted, price, now()) };
          } catch (error) {
            throw toProviderError(error, { reference, sent: texts, signal });
          }
        },
      );
    },
  };
}

/** Embeds questions with a model; `onUsage` hears what each call took. */
export function createModelEmbedder(
  client: EmbeddingClient,
  options: { readonly deadlineMs: number; readonly onUsage?: (usage: Usage) => void },
): QuestionEmbedder {
  return {
    model: client.model,
    async embed(questions) {
      const { vectors, usage } = await client.embed({
        texts: questions.map(embeddingText),
        attempt: 1,
        signal: AbortSignal.timeout(options.deadlineMs),
      });
      options.onUsage?.(usage);
      return { model: client.model, vectors };
    },
  };
}
