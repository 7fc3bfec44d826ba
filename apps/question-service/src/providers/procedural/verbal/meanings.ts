import { type Category, categories } from '../../../questions/lexicon-categories.ts';
import { meaningGroups } from '../../../questions/lexicon-synonyms.ts';
import type { Family } from '../family.ts';

/** Four words of a category and one from a distant one when easy, from a near one when medium. */
export const oddOneOut: Family = {
  name: 'odd-one-out',
  weights: { easy: 3, medium: 4 },
  build(difficultyLevel, random) {
    const category = random.pick(categories);
    const near = difficultyLevel === 'medium';
    const others = categories.filter(
      ({ name, realm }) => name !== category.name && (realm === category.realm) === near,
    );
    const other = random.pick(others) as Category;
    const four = random.sample(category.members, 4);
    const odd = random.pick(other.members);
    // A proper name among common nouns is told by its capital letter.
    if (isCapitalized(odd) !== isCapitalized(four[0] as string)) return undefined;
    return {
      spec: { category: category.name, odd: other.name },
      content: `Four of these words belong to one kind. Which word is the exception?\n${random.shuffle([...four, odd]).join(', ')}`,
      key: odd,
      distractors: four,
      explanation: `${four.slice(0, 3).join(', ')} and ${four[3]} are ${category.name}; ${odd} is one of the ${other.name}.`,
    };
  },
};

/** The word of the same meaning when easy, the opposite when medium; the other of the two is the trap. */
export const closestMeaning: Family = {
  name: 'closest-meaning',
  weights: { easy: 2, medium: 2 },
  build(difficultyLevel, random) {
    const opposite = difficultyLevel === 'medium' || random.next() < 0.25;
    const [group, ...others] = random.shuffle(
      meaningGroups.filter(({ register }) => register === 'common' || difficultyLevel === 'medium'),
    );
    if (group === undefined) return undefined;
    const [here, there] = random.pick([
      [group.words, group.opposites],
      [group.opposites, group.words],
    ] as const);
    if (here.length < 2) return undefined;
    const [cue, same] = random.sample(here, 2) as [string, string];
    const contrary = random.pick(there);
    const sisters = others.filter(({ wordClass }) => wordClass === group.wordClass).slice(0, 4);
    const wrong = sisters.flatMap(({ words, opposites }) => random.pick([...words, ...opposites]));
    const key = opposite ? contrary : same;
    return {
      spec: { cue, key, opposite },
      content: opposite
        ? `Which word means most nearly the opposite of “${cue}”?`
        : `Which word means most nearly the same as “${cue}”?`,
      key,
      distractors: [opposite ? same : contrary, ...wrong],
      explanation: `“${cue}” and “${key}” ${opposite ? 'have opposite meanings' : 'mean nearly the same'}.`,
    };
  },
};

function isCapitalized(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}
