import type { QuestionType } from '../questions/question.ts';
import type { QuestionsRepository } from '../storage/questions-repository.ts';
import { createDeduplicator, type Deduplicator } from './create-deduplicator.ts';

/** What one run compares its questions with: the bank, and what the run itself has let through. */
export interface KnownQuestions {
  /**
   * The deduplicator of a type: the bank's questions, read once, and what the run adds. A reading that
   * failed is begun again at the next call.
   */
  load(type: QuestionType): Promise<Deduplicator>;
}

export function createKnownQuestions(options: {
  readonly bank: Pick<QuestionsRepository, 'listEmbedded'>;
  readonly threshold: number;
  readonly embeddingModel: string;
  readonly pageSize: number;
}): KnownQuestions {
  const { bank, threshold, embeddingModel, pageSize } = options;
  const readings = new Map<QuestionType, Promise<Deduplicator>>();

  async function read(type: QuestionType): Promise<Deduplicator> {
    const deduplicator = createDeduplicator({ threshold, embeddingModel, bank: [] });
    for await (const page of bank.listEmbedded(type, { pageSize })) {
      for (const question of page) deduplicator.add(question);
    }
    return deduplicator;
  }

  return {
    async load(type) {
      const reading = readings.get(type) ?? read(type);
      readings.set(type, reading);
      try {
        return await reading;
      } catch (error) {
        readings.delete(type);
        throw error;
      }
    },
  };
}
