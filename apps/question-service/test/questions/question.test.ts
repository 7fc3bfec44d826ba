import { describe, expect, it } from 'vitest';
import {
  type CandidateQuestion,
  candidateQuestionSchema,
  contentHash,
  strata,
} from '../../src/questions/question.ts';

const question: CandidateQuestion = {
  type: 'math',
  difficultyLevel: 'easy',
  content: 'What is 2 + 3?',
  options: ['5', '6', '4', '1', '23'],
  keyIndex: 0,
  explanation: '2 + 3 = 5.',
};

describe('strata', () => {
  it('are the 18 pairs of a type and a difficulty', () => {
    expect(
      new Set(strata.map(({ type, difficultyLevel }) => `${type}/${difficultyLevel}`)).size,
    ).toBe(18);
  });
});

describe('contentHash', () => {
  it('is the same for other white space, case, width and order of options', () => {
    const rewritten = {
      ...question,
      content: ' what IS  2 + 3?\n',
      options: ['23', '１', '4', '6', '5'],
    };
    expect(contentHash(rewritten)).toBe(contentHash(question));
  });

  it('differs by type, stimulus, content and options, and not by difficulty or key', () => {
    const changed = [
      { ...question, type: 'logic' as const },
      { ...question, stimulus: 'Look.' },
      { ...question, content: 'What is 2 + 4?' },
      { ...question, options: ['5', '6', '4', '1', '24'] },
    ];
    expect(new Set([question, ...changed].map(contentHash)).size).toBe(5);
    expect(
      contentHash({ ...question, difficultyLevel: 'hard', keyIndex: 3 } as CandidateQuestion),
    ).toBe(contentHash(question));
  });

  it('does not run neighbouring fields together', () => {
    expect(contentHash({ ...question, stimulus: 'a b', content: 'c' })).not.toBe(
      contentHash({ ...question, stimulus: 'a', content: 'b c' }),
    );
  });
});

describe('candidateQuestionSchema', () => {
  it.each([
    ['an unknown key', { ...question, hint: 'no' }],
    ['a key that is no option', { ...question, keyIndex: 5 }],
    ['three options', { ...question, options: ['1', '2', '5'] }],
    ['an empty option', { ...question, options: ['1', '2', '5', ' '] }],
    ['an unknown type', { ...question, type: 'music' }],
  ])('refuses %s', (_, value) => {
    expect(candidateQuestionSchema.safeParse(value).success).toBe(false);
  });

  it('takes a complete question', () => {
    expect(candidateQuestionSchema.parse(question)).toEqual(question);
  });
});
