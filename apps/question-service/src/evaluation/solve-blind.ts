import { z } from 'zod';
import { type CandidateQuestion, contentHash } from '../questions/question.ts';
import { createRandom } from '../questions/random.ts';

const letters = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

/** What a model answers that solves a question. */
export const solutionSchema = z.strictObject({
  /** Written first: the model thinks before it chooses. */
  working: z.string().max(8_000).describe('How you solve the question, step by step and in short.'),
  rightOptions: z
    .array(z.enum(letters))
    .max(letters.length)
    .describe(
      'The letter of the right option; of each, should several be right; none, should none be.',
    ),
});
export type Solution = z.infer<typeof solutionSchema>;

export const solvingInstructions = `You solve questions of a cognitive ability test, each with several options of which one should be right.
Work the question out from its text alone before you look at the options. Then name the option that your result agrees with.
Should more than one option be right, name each of them. Should none be right, name none. Do not guess: a question that cannot be answered is one with no right option.`;

/** A question as a solver sees it: without key and explanation, its options in another order. */
export interface BlindQuestion {
  readonly prompt: string;
  /** Whether a solution names the key and nothing else. */
  check(solution: Solution): 'agrees' | 'wrong_key' | 'ambiguous';
}

/**
 * Hides a question's key from a solver. The order of the options follows from the question, so that it is the
 * same at each attempt, and tells nothing of the order in which its author gave them.
 */
export function toBlindQuestion(candidate: CandidateQuestion): BlindQuestion {
  const { stimulus, content, options, keyIndex } = candidate;
  const order = createRandom(contentHash(candidate)).shuffle([...options.keys()]);
  const shown = order.map((index, place) => `${letters[place]}. ${options[index]}`);
  const key = letters[order.indexOf(keyIndex)];
  return {
    prompt: [
      ...(stimulus === undefined ? [] : [`Shown before the question:\n${stimulus}`]),
      `Question:\n${content}`,
      `Options:\n${shown.join('\n')}`,
    ].join('\n\n'),
    check({ rightOptions }) {
      const named = new Set(rightOptions);
      if (named.size > 1) return 'ambiguous';
      return key !== undefined && named.has(key) ? 'agrees' : 'wrong_key';
    },
  };
}
