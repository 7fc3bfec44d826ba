import { describe, expect, test } from 'vitest';
import { difficultyLevels, questionTypes } from '../../src/questions/question.ts';
import type { PoolItem } from '../../src/questions/questions-repository.ts';
import {
  chooseAdaptiveQuestion,
  chooseFirstQuestion,
  chooseForm,
} from '../../src/test-sessions/choose-question.ts';

const bank: PoolItem[] = questionTypes.flatMap((domain) =>
  difficultyLevels.flatMap((level, index) =>
    [1, 2].map((number) => ({
      id: `${domain} ${level} ${number}`,
      domain,
      level,
      discrimination: 1,
      difficulty: index - 1,
    })),
  ),
);
const ids = (items: readonly PoolItem[]) => items.map(({ id }) => id);

describe('chooseFirstQuestion', () => {
  test('takes one of average difficulty, the same for the same seed', () => {
    const options = { seenQuestionIds: [], seed: 7, k: 1 };

    const first = chooseFirstQuestion(bank, options);

    expect(first?.level).toBe('medium');
    expect(chooseFirstQuestion(bank, options)).toBe(first);
  });

  test('differs between seeds', () => {
    const chosen = Array.from({ length: 50 }, (_, seed) =>
      chooseFirstQuestion(bank, { seenQuestionIds: [], seed, k: 5 }),
    );

    expect(new Set(chosen).size).toBeGreaterThan(10);
  });
});

describe('chooseAdaptiveQuestion', () => {
  test('takes the last unseen one rather than a better one that was seen', () => {
    const unseen = 'verbal hard 2';
    const seenQuestionIds = ids(bank).filter((id) => id !== unseen);

    const next = chooseAdaptiveQuestion(bank, {
      theta: -3,
      administered: [{ questionId: 'logic easy 1', domain: 'verbal' }],
      seenQuestionIds,
      seed: 1,
      k: 5,
    });

    expect(next?.id).toBe(unseen);
  });

  test('never takes one of this session again', () => {
    const administered = bank.map(({ id, domain }) => ({ questionId: id, domain }));

    const next = chooseAdaptiveQuestion(bank, {
      theta: 0,
      administered,
      seenQuestionIds: [],
      seed: 1,
      k: 5,
    });

    expect(next).toBeUndefined();
  });
});

describe('chooseForm', () => {
  test('fills up with seen ones only where the unseen do not suffice', () => {
    const unseen = ids(bank).slice(0, 5);
    const seenQuestionIds = ids(bank).slice(5);

    const form = chooseForm(bank, { length: 18, seenQuestionIds, seed: 3 });

    expect(form).toHaveLength(18);
    expect(new Set(form).size).toBe(18);
    expect(ids(form).slice(0, 5).sort()).toEqual(unseen.sort());
  });

  test('is as long as the bank at most', () => {
    const form = chooseForm(bank, { length: 60, seenQuestionIds: [], seed: 3 });

    expect(form).toHaveLength(36);
  });
});
