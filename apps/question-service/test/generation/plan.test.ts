import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deficits, type StratumCount, spreadEvenly } from '../../src/generation/plan.ts';
import { planRounds } from '../../src/generation/plan-rounds.ts';
import { difficultyLevels, questionTypes, strata } from '../../src/questions/question.ts';

const sum = (counts: readonly { count: number }[]) =>
  counts.reduce((total, { count }) => total + count, 0);

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

describe('spreadEvenly', () => {
  test('gives exactly what was asked for, and no stratum more than one more than another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 18, max: 100_000 }),
        fc.subarray([...questionTypes], { minLength: 1 }),
        fc.subarray([...difficultyLevels], { minLength: 1 }),
        (count, types, difficulties) => {
          const planned = spreadEvenly(count, types, difficulties);

          const counts = planned.map((stratum) => stratum.count);
          expect(sum(planned)).toBe(count);
          expect(planned).toHaveLength(types.length * difficulties.length);
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('gives a small count to the first strata, and none to the others', () => {
    const planned = spreadEvenly(2, questionTypes, difficultyLevels);

    expect(planned).toEqual([
      { type: 'pattern', difficultyLevel: 'easy', count: 1 },
      { type: 'pattern', difficultyLevel: 'medium', count: 1 },
    ]);
  });
});

describe('deficits', () => {
  test('is what each stratum lacks, and leaves out those with enough', () => {
    const inventory = strata.map((stratum, index) => ({ ...stratum, count: index }));

    const missing = deficits(2, inventory);

    expect(missing.map(({ count }) => count)).toEqual([2, 1]);
  });
});

describe('planRounds', () => {
  const options = {
    seed: 7,
    batchSizeOf: () => 40,
    fillRoundsMax: 3,
    readInventory: async (): Promise<StratumCount[]> => [],
    reserve: async (choose: (stock: StratumCount[]) => readonly StratumCount[]) => choose([]),
  };

  test('makes batches of at most the batch size, whose questions do not depend on it', async () => {
    const request = { kind: 'count', count: 100, types: ['math'], difficulties: ['easy'] } as const;

    const [batches = []] = await collect(planRounds(request, options));

    expect(batches.map(({ count, offset }) => [offset, count])).toEqual([
      [0, 40],
      [40, 40],
      [80, 20],
    ]);
    expect(new Set(batches.map(({ seed }) => seed)).size).toBe(1);
  });

  test('plans again what is missing, with other questions, until nothing is', async () => {
    const inventories = [strata.slice(1), strata.slice(0, 17), strata];
    let reads = 0;
    const reserve: typeof options.reserve = async (choose) => {
      const held = inventories[reads] ?? [];
      reads += 1;
      return choose(held.map((stratum) => ({ ...stratum, count: 5 })));
    };

    const rounds = await collect(planRounds({ kind: 'fill', target: 5 }, { ...options, reserve }));

    expect(rounds.map((batches) => batches.map(({ type }) => type))).toEqual([
      ['pattern'],
      ['memory'],
    ]);
    expect(rounds[0]?.[0]?.seed).not.toBe(rounds[1]?.[0]?.seed);
  });

  test('gives up filling after so many rounds', async () => {
    const rounds = await collect(planRounds({ kind: 'fill', target: 1 }, options));

    expect(rounds).toHaveLength(3);
  });
});
