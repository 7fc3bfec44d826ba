import { expect, test } from 'vitest';
import { toInventoryHealth } from '../../src/admin/inventory-health.ts';
import { difficultyLevels, questionTypes } from '../../src/questions/question.ts';

const settings = { target: 100, low: 50 };
const strata = questionTypes.flatMap((type) =>
  difficultyLevels.map((difficultyLevel) => ({ type, difficultyLevel })),
);
const bank = (questions: number) => strata.map((stratum) => ({ ...stratum, questions }));

test.for([
  [0, 'empty', 100],
  [1, 'low', 99],
  [49, 'low', 51],
  [50, 'short', 50],
  [99, 'short', 1],
  [100, 'enough', 0],
  [250, 'enough', 0],
] as const)('a stratum of %i is %s and lacks %i', ([questions, level, deficit]) => {
  const { strata: found } = toInventoryHealth(bank(questions), settings);

  expect(found[0]).toMatchObject({ active: questions, level, deficit, target: 100 });
});

test('a bank is as its worst stratum is: what is above the target makes up for nothing', () => {
  const [first, ...others] = bank(1000);
  const counted = [{ ...strata[0], ...first, questions: 20 } as (typeof others)[number], ...others];

  const health = toInventoryHealth(counted, settings);

  expect(health).toMatchObject({ level: 'low', deficit: 80, active: 17_020 });
});

test('a stratum that nobody counted is there, and empty', () => {
  const health = toInventoryHealth([], settings);

  expect(health.strata).toHaveLength(18);
  expect(health).toMatchObject({ level: 'empty', active: 0, deficit: 1800 });
});
