import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareOut } from '../../src/inventory/share-out.ts';
import { strata } from '../../src/questions/question.ts';

const deficitsOf = (counts: readonly number[]) =>
  counts.flatMap((count, index) => {
    const stratum = strata[index];
    return stratum && count > 0 ? [{ ...stratum, count }] : [];
  });
const counts = (shares: readonly { count: number }[]) => shares.map(({ count }) => count);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('shareOut', () => {
  test('gives in proportion to what is missing', () => {
    const shares = shareOut(10, deficitsOf([80, 10, 10]));

    expect(counts(shares)).toEqual([8, 1, 1]);
  });

  test('gives the whole deficits without a count, and with one that covers them', () => {
    const deficits = deficitsOf([3, 0, 2]);

    expect(shareOut(undefined, deficits)).toEqual(deficits);
    expect(shareOut(5, deficits)).toEqual(deficits);
    expect(shareOut(1_000, deficits)).toEqual(deficits);
  });

  test('leaves out strata that get nothing, the least needy ones', () => {
    const shares = shareOut(2, deficitsOf([1, 9, 10]));

    expect(shares).toEqual([
      { ...strata[1], count: 1 },
      { ...strata[2], count: 1 },
    ]);
  });

  test('gives exactly what was asked for, less than one off each share, and none more than it lacks', () => {
    const arbitrary = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 18, maxLength: 18 });
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 3_000 }), (missing, count) => {
        const deficits = deficitsOf(missing);

        const shares = shareOut(count, deficits);

        const asked = Math.min(count, sum(missing));
        expect(sum(counts(shares))).toBe(asked);
        for (const deficit of deficits) {
          const share = shares.find(
            ({ type, difficultyLevel }) =>
              type === deficit.type && difficultyLevel === deficit.difficultyLevel,
          );
          const given = share?.count ?? 0;
          expect(given).toBeLessThanOrEqual(deficit.count);
          expect(Math.abs(given - (asked * deficit.count) / sum(missing))).toBeLessThan(1);
        }
      }),
    );
  });
});
