import { type EmbeddingModel, embedMany } from 'ai';
import type { Telemetry } from '../telemetry/catalogue.ts';
import { toUsage } from './create-model-client.ts';
import type { EmbeddingClient } from './embedding-client.ts';
import type { ModelPrice } from './model-price.ts';
import { inModelSpan, type ModelIdentity, tokenAttributes } from './model-telemetry.ts';
import { toProviderError } from './to-provider-error.ts';

export interface EmbeddingClientOptions extends ModelIdentity {
  readonly embeddingModel: EmbeddingModel;
  readonly price: ModelPrice | undefined;
  readonly telemetry: Telemetry;
  readonly now: () => Date;
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
