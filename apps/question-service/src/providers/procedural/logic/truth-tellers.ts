import { firstNames } from '../../../questions/first-names.ts';
import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';

interface Claim {
  readonly speaker: number;
  readonly text: string;
  /** Whether what is claimed is so when the bits set in `honest` are the truth-tellers. */
  isTrue(honest: number): boolean;
}

const kinds = [
  ['knight', 'knave'],
  ['truth-teller', 'liar'],
  ['loyal guard', 'false guard'],
] as const;

/** People who always or never tell the truth: two when easy, three when medium, four when hard. */
export const truthTellers: Family = {
  name: 'truth-tellers',
  weights: { easy: 0.5, medium: 1, hard: 1.5 },
  build(difficultyLevel, random) {
    const count = { easy: 2, medium: 3, hard: 4 }[difficultyLevel];
    const names = random.sample(firstNames, count);
    const [honestKind, falseKind] = random.pick(kinds);
    const claims = names.map((_, speaker) =>
      drawClaim({ speaker, names, honestKind, falseKind }, random),
    );
    const worlds = [...Array(2 ** count).keys()];
    const fitting = worlds.filter((world) =>
      claims.every((claim) => claim.isTrue(world) === (((world >> claim.speaker) & 1) === 1)),
    );
    if (fitting.length !== 1) return undefined;
    const truth = fitting[0] as number;
    const say = (world: number) =>
      sayWho(
        names.filter((_, index) => (world >> index) & 1),
        count,
      );
    const near = random.shuffle(worlds.filter((world) => world !== truth));
    return {
      spec: { claims: claims.map(({ text }) => text), truth },
      content: `Each of ${listOf(names)} is either a ${honestKind}, who always tells the truth, or a ${falseKind}, who always lies.\n${claims
        .map(({ speaker, text }) => `${names[speaker]} says: “${text}”`)
        .join('\n')}\nWho is a ${honestKind}?`,
      key: say(truth),
      distractors: near.map(say),
      optionCount: count === 2 ? 4 : 5,
      explanation: `Try each possibility: only if “${say(truth)}” is the answer, every statement of a ${honestKind} is true and every statement of a ${falseKind} is false.`,
    };
  },
};

function drawClaim(
  scene: { speaker: number; names: readonly string[]; honestKind: string; falseKind: string },
  random: Random,
): Claim {
  const { speaker, names, honestKind, falseKind } = scene;
  const others = [...names.keys()].filter((index) => index !== speaker);
  const other = random.pick(others);
  const third = random.pick(others);
  const bit = (honest: number, index: number) => (honest >> index) & 1;
  const claims: Omit<Claim, 'speaker'>[] = [
    { text: `${names[other]} is a ${falseKind}.`, isTrue: (honest) => bit(honest, other) === 0 },
    { text: `${names[other]} is a ${honestKind}.`, isTrue: (honest) => bit(honest, other) === 1 },
    {
      text: `${names[other]} and I are of the same kind.`,
      isTrue: (honest) => bit(honest, other) === bit(honest, speaker),
    },
    {
      text: `At least one of us is a ${falseKind}.`,
      isTrue: (honest) => honest !== 2 ** names.length - 1,
    },
  ];
  if (third !== other) {
    claims.push(
      {
        text: `${names[other]} and ${names[third]} are of different kinds.`,
        isTrue: (honest) => bit(honest, other) !== bit(honest, third),
      },
      {
        text: `${names[other]} is a ${falseKind} or ${names[third]} is a ${honestKind}.`,
        isTrue: (honest) => bit(honest, other) === 0 || bit(honest, third) === 1,
      },
      {
        text: `Exactly one of ${names[other]} and ${names[third]} is a ${honestKind}.`,
        isTrue: (honest) => bit(honest, other) + bit(honest, third) === 1,
      },
    );
  }
  return { speaker, ...random.pick(claims) };
}

function sayWho(names: readonly string[], count: number): string {
  if (names.length === 0) return 'Nobody';
  if (names.length === count) return count === 2 ? `Both ${listOf(names)}` : 'All of them';
  return names.length === 1 ? `Only ${names[0]}` : `Only ${listOf(names)}`;
}

function listOf(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
