import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assembleForm, type LevelledItem } from '../../src/psychometrics/form-assembly.ts';
import { createSeededRandom } from '../../src/psychometrics/seeded-random.ts';
import { levels, uncalibratedBank } from './arbitraries.ts';

const countBy = (form: readonly LevelledItem[], key: 'domain' | 'level') =>
  Object.values(Object.groupBy(form, (item) => item[key])).map((group) => group?.length ?? 0);

describe('assembleForm', () => {
  test('takes one item of each of the 18 strata for a form of 18', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const form = assemble(uncalibratedBank(3), 18, seed);

        const strata = new Set(form.map(({ domain, level }) => `${domain} ${level}`));
        expect(strata.size).toBe(18);
      }),
    );
  });

  test('is balanced to within one item at any length', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), (seed, length) => {
        const form = assemble(uncalibratedBank(5), length, seed);

        const byDomain = countBy(form, 'domain');
        const byLevel = countBy(form, 'level');
        expect(form).toHaveLength(length);
        expect(new Set(form).size).toBe(length);
        expect(Math.max(...byDomain) - Math.min(...byDomain)).toBeLessThanOrEqual(1);
        expect(Math.max(...byLevel) - Math.min(...byLevel)).toBeLessThanOrEqual(2);
      }),
    );
  });

  test('falls back to what there is where a stratum is empty', () => {
    const withoutHard = uncalibratedBank(3).filter(({ level }) => level !== 'hard');

    const form = assemble(withoutHard, 18, 7);

    expect(form).toHaveLength(18);
    expect(countBy(form, 'domain')).toEqual([3, 3, 3, 3, 3, 3]);
  });

  test('is shorter than asked where the items do not suffice', () => {
    expect(assemble(uncalibratedBank(1).slice(0, 4), 18, 7)).toHaveLength(4);
    expect(assemble([], 18, 7)).toEqual([]);
  });
});

function assemble(bank: LevelledItem[], length: number, seed: number) {
  return assembleForm(bank, { length, levels, random: createSeededRandom(seed) });
}
