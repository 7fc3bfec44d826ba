import { embeddingText } from '../deduplication/embed.ts';
import type { QuestionEmbedder } from '../deduplication/question-embedder.ts';
import type { Usage } from '../providers/question-provider.ts';
import type { EmbeddingClient } from './embedding-client.ts';

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
