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
const typeWeights = { pattern: 1, logic: 1, spatial: 1, math: 1, verbal: 1, memory: 1 };
const difficultyMix = { easy: 1, medium: 1, hard: 1 };
const ids = (items: readonly PoolItem[]) => items.map(({ id }) => id);

describe('chooseFirstQuestion', () => {
  test('takes one of average difficulty, the same for the same seed', () => {
    const options = { seenQuestionIds: [], typeWeights, seed: 7, k: 1 };

    const first = chooseFirstQuestion(bank, options);

    expect(first?.level).toBe('medium');
    expect(chooseFirstQuestion(bank, options)).toBe(first);
  });

  test('differs between seeds', () => {
    const chosen = Array.from({ length: 50 }, (_, seed) =>
      chooseFirstQuestion(bank, { seenQuestionIds: [], typeWeights, seed, k: 5 }),
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
      typeWeights,
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
      typeWeights,
      seed: 1,
      k: 5,
    });

    expect(next).toBeUndefined();
  });

  test('shares out types by their weights, and asks none that weighs 0', () => {
    const weights = { ...typeWeights, logic: 2, memory: 0 };
    const administered: { questionId: string; domain: string }[] = [];

    for (let step = 0; step < 12; step += 1) {
      const next = chooseAdaptiveQuestion(bank, {
        theta: 0,
        administered,
        seenQuestionIds: [],
        typeWeights: weights,
        seed: 5,
        k: 5,
      });
      if (next) administered.push({ questionId: next.id, domain: next.domain });
    }

    expect(countBy(administered.map(({ domain }) => domain))).toEqual({
      pattern: 2,
      logic: 4,
      spatial: 2,
      math: 2,
      verbal: 2,
    });
  });

  test('leaves the balance of types where the last unseen ones are of one type', () => {
    const unseen = ids(bank.filter(({ domain }) => domain === 'math'));
    const seenQuestionIds = ids(bank).filter((id) => !unseen.includes(id));

    const next = chooseAdaptiveQuestion(bank, {
      theta: 0,
      administered: [{ questionId: unseen[0] ?? '', domain: 'math' }],
      seenQuestionIds,
      typeWeights,
      seed: 1,
      k: 5,
    });

    expect(unseen).toContain(next?.id);
  });
});

describe('chooseForm', () => {
  const form = { seenQuestionIds: [], typeWeights, difficultyMix, seed: 3 };

  test('fills up with seen ones only where the unseen do not suffice', () => {
    const unseen = ids(bank).slice(0, 5);
    const seenQuestionIds = ids(bank).slice(5);

    const chosen = chooseForm(bank, { ...form, length: 18, seenQuestionIds });

    expect(chosen).toHaveLength(18);
    expect(new Set(chosen).size).toBe(18);
    expect(ids(chosen).slice(0, 5).sort()).toEqual(unseen.sort());
  });

  test('is as long as the bank at most', () => {
    const chosen = chooseForm(bank, { ...form, length: 60 });

    expect(chosen).toHaveLength(36);
  });

  test('asks no type that weighs 0, not even where the others do not suffice', () => {
    const only = { pattern: 1, logic: 2, spatial: 0, math: 0, verbal: 0, memory: 0 };

    const chosen = chooseForm(bank, { ...form, typeWeights: only, length: 18 });

    expect(countBy(chosen.map(({ domain }) => domain))).toEqual({ pattern: 6, logic: 6 });
  });

  test('shares out types and levels by their weights', () => {
    const twice = { ...typeWeights, logic: 2, memory: 0 };
    const mix = { easy: 1, medium: 2, hard: 1 };

    const chosen = chooseForm(bank, {
      ...form,
      typeWeights: twice,
      difficultyMix: mix,
      length: 12,
    });

    expect(countBy(chosen.map(({ domain }) => domain))).toEqual({
      pattern: 2,
      logic: 4,
      spatial: 2,
      math: 2,
      verbal: 2,
    });
    expect(countBy(chosen.map(({ level }) => level))).toEqual({ easy: 3, medium: 6, hard: 3 });
  });
});

function countBy(values: string[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(Object.groupBy(values, (value) => value)).map(([value, group]) => [
      value,
      group?.length ?? 0,
    ]),
  );
}
