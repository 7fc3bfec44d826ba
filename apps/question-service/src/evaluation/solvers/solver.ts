/** What a solver may read: what a test taker reads, without key and explanation. */
export interface Problem {
  readonly stimulus: string;
  readonly content: string;
  readonly options: readonly string[];
}

/**
 * Reads a problem and says which options are right, by index: one when it is sound, several when it is
 * ambiguous, none when the right answer is not offered. Undefined when it does not understand the text.
 */
export type Solver = (problem: Problem) => readonly number[] | undefined;

/** Indices of the options that pass. */
export function rightOptions(problem: Problem, isRight: (option: string) => boolean): number[] {
  return problem.options.flatMap((option, index) => (isRight(option) ? [index] : []));
}

/** Indices of the options that read as the answer, whatever their case. */
export function optionsEqualTo(problem: Problem, answer: string): number[] {
  return rightOptions(
    problem,
    (option) => option.trim().toLowerCase() === answer.trim().toLowerCase(),
  );
}
