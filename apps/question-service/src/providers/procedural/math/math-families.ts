import type { DifficultyLevel } from '../../../questions/question.ts';
import type { Family } from '../family.ts';
import { numericDistractors } from '../numeric-distractors.ts';
import { easyProblems } from './easy-problems.ts';
import { equations } from './equations.ts';
import { hardProblems } from './hard-problems.ts';
import { mediumProblems } from './medium-problems.ts';
import type { ProblemTemplate } from './word-problem.ts';

function wordProblems(difficulty: DifficultyLevel, templates: readonly ProblemTemplate[]): Family {
  return {
    name: `word-problems-${difficulty}`,
    weights: { [difficulty]: 4 },
    build(_difficultyLevel, random) {
      const problem = random.pick(templates)(random);
      if (problem === undefined) return undefined;
      const { answer, mistakes } = problem;
      const distractors =
        typeof answer === 'string'
          ? mistakes.map(String)
          : numericDistractors(answer, {
              mistakes: mistakes.filter((mistake) => typeof mistake === 'number'),
              random,
            });
      return {
        spec: { template: problem.template },
        content: problem.content,
        key: String(answer),
        distractors: distractors.map(String),
        explanation: `Answer: ${answer}, because ${problem.solution}.`,
      };
    },
  };
}

/** Problems in words (one relation when easy, two when medium, several when hard), and algebra. */
export const mathFamilies: readonly Family[] = [
  wordProblems('easy', easyProblems),
  wordProblems('medium', mediumProblems),
  wordProblems('hard', hardProblems),
  equations,
];
