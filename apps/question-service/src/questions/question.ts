import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The six kinds of questions. */
export const questionTypes = ['pattern', 'logic', 'spatial', 'math', 'verbal', 'memory'] as const;
export type QuestionType = (typeof questionTypes)[number];

/** Difficulty as intended by the author: it is raised by structure, not by the size of numbers. */
export const difficultyLevels = ['easy', 'medium', 'hard'] as const;
export type DifficultyLevel = (typeof difficultyLevels)[number];

/** One cell of the inventory: a type at a difficulty. */
export interface Stratum {
  readonly type: QuestionType;
  readonly difficultyLevel: DifficultyLevel;
}

/** All 18 strata, types in their order and difficulties rising within each. */
export const strata: readonly Stratum[] = questionTypes.flatMap((type) =>
  difficultyLevels.map((difficultyLevel) => ({ type, difficultyLevel })),
);

const text = (max: number) => z.string().trim().min(1).max(max);

/** What a provider has to return for one question. Unknown keys are errors. */
export const candidateQuestionSchema = z
  .strictObject({
    type: z.enum(questionTypes),
    difficultyLevel: z.enum(difficultyLevels),
    stimulus: text(1_500)
      .optional()
      .describe('What is looked at or memorised before the question; hidden for memory items.'),
    content: text(2_000).describe('The question itself.'),
    options: z.array(text(300)).min(4).max(6).describe('The answers to choose from, in order.'),
    keyIndex: z.number().int().min(0).describe('Index of the one right option.'),
    explanation: text(2_000).describe('Why the key is right.'),
  })
  .refine((question) => question.keyIndex < question.options.length, {
    path: ['keyIndex'],
    message: 'keyIndex must be the index of an option',
  });

/** A question as an author proposes it: text alone, not yet judged. */
export interface CandidateQuestion {
  readonly type: QuestionType;
  readonly difficultyLevel: DifficultyLevel;
  /** What is looked at or memorised before the question, where the type has it. */
  readonly stimulus?: string;
  readonly content: string;
  /** 4 to 6 options in the order they are shown. */
  readonly options: readonly string[];
  readonly keyIndex: number;
  readonly explanation: string;
}

/** Normal form for comparison: NFKC, case-folded, whitespace collapsed to one space and trimmed. */
export function normalizeText(value: string): string {
  return value.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/**
 * SHA-256, in hexadecimal, of the normalised type, stimulus, content and sorted options.
 *
 * Order of options, case, and whitespace make no difference; difficulty, key and explanation are not part of it.
 */
export function contentHash(
  candidate: Pick<CandidateQuestion, 'type' | 'stimulus' | 'content' | 'options'>,
): string {
  const parts = [
    candidate.type,
    normalizeText(candidate.stimulus ?? ''),
    normalizeText(candidate.content),
    candidate.options.map(normalizeText).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
