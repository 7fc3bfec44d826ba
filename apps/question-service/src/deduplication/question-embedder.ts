import type { CandidateQuestion } from '../questions/question.ts';
import { embed, embeddingModel, embeddingText } from './embed.ts';

/** Turns questions to vectors; vectors of different models are never compared. */
export interface QuestionEmbedder {
  readonly model: string;
  /** One vector for each question, in their order. */
  embed(questions: readonly CandidateQuestion[]): Promise<readonly ArrayLike<number>[]>;
}

/** The offline embedding: deterministic, computed here. */
export const offlineEmbedder: QuestionEmbedder = {
  model: embeddingModel,
  embed: async (questions) => questions.map((question) => embed(embeddingText(question))),
};
