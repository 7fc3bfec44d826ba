import { describe, expect, it } from 'vitest';
import { judgeQuestion } from '../../src/evaluation/judge-question.ts';
import { weightedScore } from '../../src/evaluation/verdict.ts';
import type { CandidateQuestion } from '../../src/questions/question.ts';

const series: CandidateQuestion = {
  type: 'pattern',
  difficultyLevel: 'easy',
  content: 'Which number comes next in this series?\n3, 7, 11, 15, 19, ?',
  options: ['23', '22', '24', '27', '21'],
  keyIndex: 0,
  explanation: 'Each term is 4 more than the one before.',
};
const analogy: CandidateQuestion = {
  type: 'verbal',
  difficultyLevel: 'easy',
  content: '“puppy” is to “dog” as “kitten” is to …?',
  options: ['cat', 'cow', 'hen', 'bear', 'lamb'],
  keyIndex: 0,
  explanation: 'A kitten is a young cat.',
};
const reasonOf = (question: CandidateQuestion) => {
  const verdict = judgeQuestion(question);
  return verdict.status === 'rejected' ? verdict.reason : verdict.status;
};

describe('judgeQuestion', () => {
  it('approves sound questions with a score of their criteria', () => {
    const verdict = judgeQuestion(series);
    expect(verdict).toMatchObject({ status: 'approved', scores: { validity: 1, clarity: 1 } });
    expect(verdict.score).toBeCloseTo(weightedScore(verdict.scores), 4);
    expect(reasonOf(analogy)).toBe('approved');
  });

  it('rejects a wrong key', () => {
    expect(reasonOf({ ...series, keyIndex: 2 })).toBe('wrong_key');
    expect(reasonOf({ ...analogy, keyIndex: 1 })).toBe('wrong_key');
  });

  it('rejects a question whose right answer is not offered', () => {
    expect(reasonOf({ ...series, options: ['25', '22', '24', '27', '21'] })).toBe('wrong_key');
  });

  it('rejects a question with two right answers as ambiguous', () => {
    const twice = {
      ...analogy,
      content: 'Which word means most nearly the same as “big”?',
      options: ['large', 'huge', 'cheerful', 'dry', 'rude'],
    };
    expect(reasonOf(twice)).toBe('ambiguous');
  });

  it.each([
    ['an announced answer', { ...series, content: `${series.content}\nThe answer is 23.` }],
    ['a marked option', { ...series, options: ['23 (correct)', '22', '24', '27', '21'] }],
    [
      'the key as the one option that is named',
      { ...analogy, content: 'The cat purrs. “puppy” is to “dog” as “kitten” is to …?' },
    ],
    [
      'the conclusion among the premises',
      {
        ...series,
        type: 'logic' as const,
        content:
          'All of these statements are true:\nThe lamp is on.\nIf the lamp is on, then the gate is open.\nWhich of the following must be true as well?',
        options: [
          'The lamp is on.',
          'The gate is not open.',
          'The lamp is not on.',
          'The bell is broken.',
        ],
      },
    ],
  ])('rejects %s as leakage', (_, question) => {
    expect(reasonOf(question)).toBe('answer_leakage');
  });

  it('takes the word “answer” within an analogy for no announcement', () => {
    const analogy: CandidateQuestion = {
      type: 'verbal',
      difficultyLevel: 'hard',
      content: 'Which word completes the analogy?\ninquire : answer = buy : ?',
      options: ['refute', 'acquire', 'release', 'verify', 'sell'],
      keyIndex: 4,
      explanation: '“inquire” and “answer” are opposites, and so are “buy” and “sell”.',
    };
    expect(judgeQuestion(analogy).status).toBe('approved');
    const announced = { ...analogy, content: `${analogy.content}\nAnswer: sell` };
    expect(reasonOf(announced)).toBe('answer_leakage');
  });

  it('lets the stimulus of a memory item hold the answer, and not its question', () => {
    const memory: CandidateQuestion = {
      type: 'memory',
      difficultyLevel: 'medium',
      stimulus: 'river, candle, horse, window, copper, lemon',
      content: 'Which word came directly after “candle” on the list?',
      options: ['horse', 'river', 'window', 'lemon', 'copper'],
      keyIndex: 0,
      explanation: 'The list was river, candle, horse, window, copper, lemon.',
    };
    expect(reasonOf(memory)).toBe('approved');
    expect(reasonOf({ ...memory, content: `${memory.content} It was an animal, the horse.` })).toBe(
      'answer_leakage',
    );
    const { stimulus: _, ...withoutStimulus } = memory;
    expect(reasonOf(withoutStimulus)).toBe('malformed');
  });

  it.each([
    ['equal options', { ...series, options: ['23', '22', ' 22', '27', '21'] }],
    ['a placeholder', { ...series, explanation: 'Because of undefined, see {{rule}}.' }],
    ['an unknown key', { ...series, hint: 'x' } as CandidateQuestion],
    ['a key out of range', { ...series, keyIndex: 7 }],
    ['an empty text', { ...series, content: ' ' }],
  ])('rejects %s as malformed', (_, question) => {
    expect(reasonOf(question)).toBe('malformed');
  });

  it('never approves what no solver understands', () => {
    expect(reasonOf({ ...series, content: 'Which number do I like best of all numbers?' })).toBe(
      'below_threshold',
    );
  });
});
