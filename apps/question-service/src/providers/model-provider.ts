import { z } from 'zod';
import type { ModelClient } from '../models/model-client.ts';
import { promptVersion, questionPrompt } from './question-prompt.ts';
import type { QuestionProvider } from './question-provider.ts';

/**
 * What a model replies with. Wide where the candidate's schema is narrow: one question of a wrong form is
 * discarded there, and does not cost the others. Every key is required, as OpenAI's strict mode wants it.
 */
const replySchema = z.object({
  questions: z.array(
    z.object({
      stimulus: z.string().nullable().describe('What is looked at or memorised first, or null.'),
      content: z.string().describe('The question itself.'),
      options: z.array(z.string()).describe('Four to six answers to choose from, in order.'),
      keyIndex: z.number().int().describe('Index of the one right option, from 0.'),
      explanation: z.string().describe('Why the key is right.'),
    }),
  ),
});

/** An author that is a model: one batch is one structured reply. Type and difficulty are those that were asked. */
export function createModelProvider(
  client: ModelClient,
  options: { readonly batchSizeMax: number },
): QuestionProvider {
  return {
    name: client.provider,
    model: client.model,
    promptVersion,
    batchSizeMax: options.batchSizeMax,
    async generate(batch, { number, signal }) {
      const { type, difficultyLevel } = batch;
      const { value, usage } = await client.ask({
        purpose: 'generation',
        schema: replySchema,
        ...questionPrompt(batch),
        attempt: number,
        signal,
      });
      const questions = value.questions.map(({ stimulus, ...question }) => ({
        type,
        difficultyLevel,
        ...(stimulus === null || stimulus.trim() === '' ? {} : { stimulus }),
        ...question,
      }));
      return { questions, usage };
    },
  };
}
