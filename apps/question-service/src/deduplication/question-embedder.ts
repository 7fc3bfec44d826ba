import type { CandidateQuestion } from '../questions/question.ts';
import { embed, embeddingModel } from './embed.ts';
import { mapInSlices } from './map-in-slices.ts';

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
  /** The model that is asked, and whose vectors the bank keeps. */
  readonly model: string;
  embed(questions: readonly EmbeddableQuestion[]): Promise<Embeddings>;
}

/** The offline embedding: deterministic, computed here. */
export const offlineEmbedder: QuestionEmbedder = {
  model: embeddingModel,
  embed: async (questions) => ({
    model: embeddingModel,
    vectors: await mapInSlices(questions, embed),
  }),
};
