import type { Ask } from '../providers/question-provider.ts';
import type { CandidateQuestion } from '../questions/question.ts';
import { mapInSlices } from '../resilience/map-in-slices.ts';
import type { ProviderName } from '../telemetry/labels.ts';
import { embed, embeddingModel } from './embed.ts';

/** What of a question goes into its embedding. */
export type EmbeddableQuestion = Pick<CandidateQuestion, 'stimulus' | 'content' | 'options'>;

export interface Embeddings {
  /** The model that computed these vectors; an embedder that fell back names the one that stood in. */
  readonly model: string;
  /** One vector for each question, in their order. */
  readonly vectors: readonly ArrayLike<number>[];
}

/** Turns questions to vectors; vectors of different models are never compared. */
export interface QuestionEmbedder {
  readonly provider: ProviderName;
  /** The model that is asked, and whose vectors the bank keeps. */
  readonly model: string;
  /**
   * @param ask How a model is called: with attempts, deadlines and an entry in the run's account. The offline
   * embedding has no use for it.
   */
  embed(questions: readonly EmbeddableQuestion[], ask: Ask): Promise<Embeddings>;
}

/** The offline embedding: deterministic, computed here. */
export const offlineEmbedder = {
  provider: 'procedural',
  model: embeddingModel,
  embed: async (questions: readonly EmbeddableQuestion[]) => ({
    model: embeddingModel,
    vectors: await mapInSlices(questions, embed),
  }),
} satisfies QuestionEmbedder;
