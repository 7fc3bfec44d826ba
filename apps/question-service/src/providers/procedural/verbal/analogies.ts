import { type Relation, relations } from '../../../questions/lexicon-relations.ts';
import { meaningGroups } from '../../../questions/lexicon-synonyms.ts';
import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';

const wordingsOfAnalogy = [
  (a: string, b: string, c: string) => `“${a}” is to “${b}” as “${c}” is to …?`,
  (a: string, b: string, c: string) => `Which word completes the analogy?\n${a} : ${b} = ${c} : ?`,
];

const tangible = relations.filter(
  ({ name }) => !['lack', 'degree', 'cause', 'study', 'measures'].includes(name),
);

/** A : B = C : ?, from concrete relations read forwards when easy, from all and backwards when medium. */
export const analogy: Family = {
  name: 'analogy',
  weights: { easy: 3, medium: 3 },
  build(difficultyLevel, random) {
    const { name, because, pairs } = random.pick(difficultyLevel === 'easy' ? tangible : relations);
    const backwards = difficultyLevel === 'medium' && random.next() < 0.5;
    const chosen = random.sample(pairs, 6);
    const [[a, b], [c, d], ...others] = chosen.map(([left, right]) =>
      backwards ? [right, left] : [left, right],
    ) as [[string, string], [string, string], ...[string, string][]];
    const wrong = [
      ...random.shuffle(others.map((pair) => pair[1])).slice(0, 3),
      random.pick(others)[0],
      b,
      a,
    ];
    if (wrong.includes(d) || [a, b].includes(c) || wrong.some((word) => isRelated(c, word, name)))
      return undefined;
    const [left, right] = backwards ? [d, c] : [c, d];
    return {
      spec: { relation: name, backwards, pair: [c, d] },
      content: random.pick(wordingsOfAnalogy)(a, b, c),
      key: d,
      distractors: wrong.filter((word) => word !== c),
      explanation: `The relation is the same in both pairs: ${because(left, right)}.`,
    };
  },
};

/** Whether the words are a pair of the relation in either direction: then they could be a second key. */
function isRelated(first: string, second: string, name: string): boolean {
  return relations.some(
    (relation) =>
      relation.name === name &&
      relation.pairs.some(
        ([left, right]) =>
          (left === first && right === second) || (left === second && right === first),
      ),
  );
}

/** Which pair is related in the same way: the direction counts, and the same relation backwards is the trap. */
export const samePair: Family = {
  name: 'same-pair',
  weights: { hard: 3 },
  build(_difficultyLevel, random) {
    const [relation, ...others] = random.sample(relations, 5) as [Relation, ...Relation[]];
    const [shown, same, reversed] = random.sample(relation.pairs, 3) as [Pair, Pair, Pair];
    const wrong = others.map(({ pairs }) => random.pick(pairs));
    const words = [shown, same, reversed, ...wrong].flat();
    if (new Set(words).size < words.length) return undefined;
    return {
      spec: { relation: relation.name, shown, same },
      content: `Which pair of words is related in the same way, and in the same order, as “${shown[0]} : ${shown[1]}”?`,
      key: write(same),
      distractors: [`${reversed[1]} : ${reversed[0]}`, ...random.shuffle(wrong).map(write)],
      explanation: `${capitalize(relation.because(...shown))}; in the same way, ${relation.because(...same)}.`,
    };
  },
};

/** Four pairs share a relation and one does not. */
export const oddPair: Family = {
  name: 'odd-pair',
  weights: { hard: 3 },
  build(_difficultyLevel, random) {
    const [relation, other] = random.sample(relations, 2) as [Relation, Relation];
    const four = random.sample(relation.pairs, 4);
    const odd = random.pick(other.pairs);
    const words = [...four, odd].flat();
    if (new Set(words).size < words.length) return undefined;
    return {
      spec: { relation: relation.name, odd: other.name },
      content: `In four of these pairs the words are related in the same way. Which pair is the exception?\n${random
        .shuffle([...four, odd])
        .map(write)
        .join('; ')}`,
      key: write(odd),
      distractors: four.map(write),
      explanation: `In the others, ${four.map((pair) => relation.because(...pair)).join('; ')}. But ${other.because(...odd)}.`,
    };
  },
};

/** A : B = C : ? where the relation is that of meaning: same or opposite. */
export const meaningAnalogy: Family = {
  name: 'meaning-analogy',
  weights: { hard: 3 },
  build(_difficultyLevel, random) {
    const opposite = random.next() < 0.6;
    const usable = meaningGroups.filter(
      ({ words, opposites }) => words.length > 1 && opposites.length > 1,
    );
    const wordClass = random.pick(['adjective', 'adjective', 'verb'] as const);
    const [first, second, ...others] = random.sample(
      usable.filter((group) => group.wordClass === wordClass),
      4,
    );
    if (first === undefined || second === undefined) return undefined;
    const [a, b] = relatedPair(first, opposite, random);
    const [c, d] = relatedPair(second, opposite, random);
    const trap = random.pick(
      (opposite ? second.words : second.opposites).filter((word) => word !== c && word !== d),
    );
    const wrong = others.flatMap(({ words, opposites }) => [
      random.pick(words),
      random.pick(opposites),
    ]);
    return {
      spec: {
        relation: opposite ? 'opposite' : 'same',
        pairs: [
          [a, b],
          [c, d],
        ],
      },
      content: random.pick(wordingsOfAnalogy)(a, b, c),
      key: d,
      distractors: [trap, ...random.shuffle(wrong)],
      explanation: `“${a}” and “${b}” ${opposite ? 'are opposites' : 'mean the same'}, and so ${opposite ? 'are' : 'do'} “${c}” and “${d}”.`,
    };
  },
};

type Pair = readonly [string, string];

function relatedPair(
  group: { readonly words: readonly string[]; readonly opposites: readonly string[] },
  opposite: boolean,
  random: Random,
): [string, string] {
  if (opposite) return [random.pick(group.words), random.pick(group.opposites)];
  return random.sample(group.words, 2) as [string, string];
}

const write = ([left, right]: Pair) => `${left} : ${right}`;

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
