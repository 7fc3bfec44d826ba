import { createRandom } from '../questions/random.ts';
import { mapInSlices } from '../resilience/map-in-slices.ts';
import { generateQuestion, proceduralAuthor } from './procedural/generate-question.ts';
import type { GenerationBatch, QuestionProvider } from './question-provider.ts';

/** The offline author: seeded, free of cost, needs no key and no network. */
export const proceduralProvider: QuestionProvider = {
  name: proceduralAuthor.provider,
  model: proceduralAuthor.model,
  promptVersion: proceduralAuthor.promptVersion,
  async generate(batch: GenerationBatch) {
    const { type, difficultyLevel, count, seed, offset } = batch;
    const random = createRandom(seed);
    const places = Array.from({ length: count }, (_, index) => offset + index);
    const questions = await mapInSlices(places, (place) =>
      generateQuestion({ type, difficultyLevel }, random.fork(place)),
    );
    return { questions, usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 } };
  },
};
