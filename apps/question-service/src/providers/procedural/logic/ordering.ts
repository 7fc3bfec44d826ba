import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';
import { comparisons, ordinals } from './logic-lexicon.ts';

interface Clue {
  readonly text: string;
  holds(place: readonly number[]): boolean;
}

/** Who is how tall, heavy, old …: three relations make a chain when easy; said in both directions and asked for a middle rank when medium; places in a row when hard. */
export const ordering: Family = {
  name: 'ordering',
  weights: { easy: 3, medium: 3, hard: 1 },
  build(difficultyLevel, random) {
    const count = difficultyLevel === 'easy' ? 4 : difficultyLevel === 'medium' ? 5 : 6;
    const comparison = random.pick(comparisons);
    const names = random.sample(comparison.things, Math.max(count, 5));
    const ranked = names.slice(0, count);
    const clues = chainClues(ranked, comparison, difficultyLevel, random);
    const fromTop = random.next() < 0.5;
    const rank = difficultyLevel === 'easy' ? 0 : random.integer(1, count - 2);
    const superlative = fromTop ? comparison.most : comparison.least;
    const key = (fromTop ? ranked[rank] : ranked[count - 1 - rank]) as string;
    const order = [...ranked].reverse();
    return {
      spec: { ranked, superlative, rank },
      content: `${random.shuffle(clues).join(' ')}\nWhich of them is the ${ordinals[rank]}${superlative}?`,
      key: capitalize(key),
      distractors: random
        .shuffle(ranked)
        .filter((name) => name !== key)
        .map(capitalize),
      optionCount: count === 4 ? 4 : 5,
      explanation: `From the ${comparison.least} to the ${comparison.most}: ${order.join(', ')}.`,
    };
  },
};

function chainClues(
  ranked: readonly string[],
  comparison: { readonly more: string; readonly less: string },
  difficultyLevel: 'easy' | 'medium' | 'hard',
  random: Random,
): string[] {
  return ranked.slice(0, -1).map((higher, index) => {
    const lower = ranked[index + 1] as string;
    const turned = random.next() < (difficultyLevel === 'easy' ? 0.25 : 0.5);
    return turned
      ? `${capitalize(lower)} is ${comparison.less} than ${higher}.`
      : `${capitalize(higher)} is ${comparison.more} than ${lower}.`;
  });
}

const colours = [
  'red',
  'blue',
  'green',
  'yellow',
  'white',
  'black',
  'orange',
  'purple',
  'brown',
  'grey',
];
const rowThings = [
  'book',
  'car',
  'house',
  'box',
  'bottle',
  'flag',
  'cup',
  'door',
  'tent',
  'chair',
  'bag',
  'boat',
];

/** Five things in a row, placed by clues of neighbourhood and distance; every clue is needed. */
export const row: Family = {
  name: 'row',
  weights: { medium: 1, hard: 3 },
  build(difficultyLevel, random) {
    const count = difficultyLevel === 'hard' ? 5 : 4;
    const thing = random.pick(rowThings);
    const names = random.sample(colours, 5).map((colour) => `the ${colour} ${thing}`);
    const placed = names.slice(0, count);
    const all = permutations(count);
    const truth = [...Array(count).keys()];
    let clues: Clue[] = [];
    let open = all;
    for (const clue of random
      .shuffle(possibleClues(placed, thing))
      .filter(({ holds }) => holds(truth))) {
      const left = open.filter((place) => clue.holds(place));
      if (left.length === open.length) continue;
      clues.push(clue);
      open = left;
      if (open.length === 1) break;
    }
    if (open.length !== 1) return undefined;
    for (const clue of clues) {
      const rest = clues.filter((other) => other !== clue);
      if (all.filter((place) => rest.every(({ holds }) => holds(place))).length === 1) clues = rest;
    }
    if (clues.length < (difficultyLevel === 'hard' ? 4 : 3)) return undefined;
    const asked = random.integer(0, count - 1);
    return {
      spec: { placed, asked },
      content: `${count === 5 ? 'Five' : 'Four'} ${thing}${thing.endsWith('x') ? 'es' : 's'} stand in a row: ${random.shuffle(placed).join(', ')}.\n${random
        .shuffle(clues)
        .map(({ text }) => text)
        .join('\n')}\nWhich ${thing} is ${placeNames[asked]} from the left?`,
      key: capitalize(placed[asked] as string),
      distractors: random.shuffle(placed.filter((_, index) => index !== asked)).map(capitalize),
      optionCount: count,
      explanation: `Only one order agrees with all clues, from left to right: ${placed.join(', ')}.`,
    };
  },
};

const placeNames = ['first', 'second', 'third', 'fourth', 'fifth'];

function possibleClues(names: readonly string[], thing: string): Clue[] {
  const clues: Clue[] = [];
  for (let a = 0; a < names.length; a += 1) {
    const first = capitalize(names[a] as string);
    const at = (place: readonly number[], which: number) => place[which] as number;
    clues.push({
      text: `${first} is at one of the two ends.`,
      holds: (place) => at(place, a) === 0 || at(place, a) === names.length - 1,
    });
    clues.push({
      text: `${first} is not at either end.`,
      holds: (place) => at(place, a) > 0 && at(place, a) < names.length - 1,
    });
    for (let b = 0; b < names.length; b += 1) {
      if (a === b) continue;
      const second = names[b] as string;
      clues.push(
        {
          text: `${first} is somewhere to the left of ${second}.`,
          holds: (place) => at(place, a) < at(place, b),
        },
        {
          text: `${first} is directly to the right of ${second}.`,
          holds: (place) => at(place, a) === at(place, b) + 1,
        },
        {
          text: `${first} is not next to ${second}.`,
          holds: (place) => Math.abs(at(place, a) - at(place, b)) !== 1,
        },
        {
          text: `Exactly one ${thing} is between ${names[a]} and ${second}.`,
          holds: (place) => Math.abs(at(place, a) - at(place, b)) === 2,
        },
      );
    }
  }
  return clues;
}

function permutations(count: number): number[][] {
  if (count === 1) return [[0]];
  return permutations(count - 1).flatMap((rest) =>
    [...Array(count).keys()].map((at) => [...rest.slice(0, at), count - 1, ...rest.slice(at)]),
  );
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
