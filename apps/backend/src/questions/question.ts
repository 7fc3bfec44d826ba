/** What a question asks of a test taker; the domain that content balancing counts by. */
export const questionTypes = ['pattern', 'logic', 'spatial', 'math', 'verbal', 'memory'] as const;
export type QuestionType = (typeof questionTypes)[number];

/** How hard its author meant a question to be; the item's `difficulty` is the measured thing. */
export const difficultyLevels = ['easy', 'medium', 'hard'] as const;
export type DifficultyLevel = (typeof difficultyLevels)[number];

/** A question as a test taker may see it: without key and explanation. */
export interface ServedQuestion {
  readonly id: string;
  readonly type: QuestionType;
  readonly content: string;
  readonly options: readonly string[];
  readonly stimulus: string | null;
}
