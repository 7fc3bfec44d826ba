import { describe, expect, it } from 'vitest';
import { categories } from '../../src/questions/lexicon-categories.ts';
import { relations } from '../../src/questions/lexicon-relations.ts';
import { meaningGroups } from '../../src/questions/lexicon-synonyms.ts';

const twice = (values: readonly string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe('the lexicon', () => {
  it('has at least 25 categories of at least five words, and no word in two of them', () => {
    expect(categories.length).toBeGreaterThanOrEqual(25);
    expect(categories.filter(({ members }) => members.length < 5)).toEqual([]);
    expect(twice(categories.flatMap(({ members }) => members))).toEqual([]);
  });

  it('has another category in the realm of each, to draw a near exception from', () => {
    const realms = categories.map(({ realm }) => realm);
    expect(realms.filter((realm) => realms.indexOf(realm) === realms.lastIndexOf(realm))).toEqual(
      [],
    );
  });

  it.each(relations.map((relation) => [relation.name, relation] as const))(
    'pairs each word of the relation %s with one other',
    (_, { pairs }) => {
      expect(pairs.length).toBeGreaterThanOrEqual(12);
      expect(twice(pairs.map(([left]) => left))).toEqual([]);
      expect(twice(pairs.map(([, right]) => right))).toEqual([]);
      expect(pairs.filter((pair) => pair.length !== 2 || pair.includes(''))).toEqual([]);
    },
  );

  it('has no pair of words in two relations', () => {
    const pairs = relations.flatMap((relation) =>
      relation.pairs.map((pair) => [...pair].sort().join(':')),
    );
    expect(twice(pairs)).toEqual([]);
    const related = relations.flatMap((relation) => relation.pairs);
    const groups = meaningGroups.map(({ words, opposites }) => [...words, ...opposites]);
    expect(
      related.filter((pair) => groups.some((group) => pair.every((word) => group.includes(word)))),
    ).toEqual([]);
  });

  it('has no word in two groups of meaning of one word class', () => {
    for (const wordClass of ['adjective', 'verb', 'noun']) {
      const groups = meaningGroups.filter((group) => group.wordClass === wordClass);
      expect(twice(groups.flatMap(({ words, opposites }) => [...words, ...opposites]))).toEqual([]);
    }
  });
});
