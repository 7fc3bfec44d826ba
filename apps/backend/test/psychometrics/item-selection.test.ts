import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Item, selectItem } from '../../src/psychometrics/item-selection.ts';
import { createSeededRandom } from '../../src/psychometrics/seeded-random.ts';
import { itemInformation } from '../../src/psychometrics/two-parameter-logistic.ts';
import { anItem, aTheta, domains, uncalibratedBank } from './arbitraries.ts';

const aBank = fc
  .array(fc.tuple(anItem, fc.constantFrom(...domains)), { minLength: 1, maxLength: 60 })
  .map((entries) =>
    entries.map(([parameters, domain], index): Item => ({ ...parameters, domain, id: `${index}` })),
  );

describe('selectItem', () => {
  test('gives nothing where there is no candidate', () => {
    expect(selectItem([], options({}))).toBeUndefined();
  });

  test('takes an item whose information is among the k highest of its domain', () => {
    fc.assert(
      fc.property(
        aBank,
        aTheta,
        fc.integer(),
        fc.integer({ min: 1, max: 6 }),
        (bank, theta, seed, k) => {
          const selected = selectItem(bank, options({ theta, seed, k }));

          const better = bank.filter(
            (item) =>
              item.domain === selected?.domain &&
              itemInformation(theta, item) > itemInformation(theta, selected),
          );
          expect(better.length).toBeLessThan(k);
        },
      ),
    );
  });

  test('takes the same item for the same seed', () => {
    fc.assert(
      fc.property(aBank, aTheta, fc.integer(), (bank, theta, seed) => {
        expect(selectItem(bank, options({ theta, seed }))).toBe(
          selectItem(bank, options({ theta, seed })),
        );
      }),
    );
  });

  test('takes from a domain that was administered least', () => {
    const bank = uncalibratedBank(2);
    const administeredDomains = ['pattern', 'logic', 'spatial', 'math', 'verbal'];

    const selected = selectItem(bank, options({ administeredDomains }));

    expect(selected?.domain).toBe('memory');
  });

  test('spreads over all items that tie, so that the first ones of a bank do not wear out', () => {
    const bank = uncalibratedBank(50);
    const random = createSeededRandom(1);

    const selected = new Set(
      Array.from({ length: 5000 }, () => selectItem(bank, { ...options({}), random })?.id),
    );

    expect(selected.size).toBe(300);
  });
});

function options(given: {
  theta?: number;
  seed?: number;
  k?: number;
  administeredDomains?: string[];
}) {
  return {
    theta: given.theta ?? 0,
    administeredDomains: given.administeredDomains ?? [],
    random: createSeededRandom(given.seed ?? 7),
    k: given.k ?? 5,
  };
}
