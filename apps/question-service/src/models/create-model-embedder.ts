import { embeddingText } from '../deduplication/embed.ts';
import type { QuestionEmbedder } from '../deduplication/question-embedder.ts';
import type { EmbeddingClient } from './embedding-client.ts';

/** Embeds questions with a model. */
export function createModelEmbedder(client: EmbeddingClient): QuestionEmbedder {
  const { provider, model } = client;
  return {
    provider,
    model,
    embed: async (questions, ask) => {
      const texts = questions.map(embeddingText);
      const { vectors } = await ask('embedding', ({ number, signal }) =>
        client.embed({ texts, attempt: number, signal }),
      );
      return { model, vectors };
    },
  };
}
