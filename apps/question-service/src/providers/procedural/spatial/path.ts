import type { Family } from '../family.ts';

const directions = ['north', 'east', 'south', 'west'];
const turns = [
  { text: 'turn right', quarter: 1 },
  { text: 'turn left', quarter: 3 },
  { text: 'turn around', quarter: 2 },
];

interface Leg {
  readonly metres: number;
  /** The turn before the leg, in quarters clockwise; the first leg has none. */
  readonly turn?: (typeof turns)[number];
}

/** A walk with turns: the direction faced when easy, the place reached when medium, the way back when hard. */
export const path: Family = {
  name: 'path',
  weights: { easy: 3, medium: 3, hard: 2 },
  build(difficultyLevel, random) {
    const start = random.integer(0, 3);
    const count = { easy: 5, medium: 4, hard: 6 }[difficultyLevel];
    const legs: Leg[] = Array.from({ length: count }, (_, index) => {
      const metres = random.integer(2, 19) * 5;
      return index === 0
        ? { metres }
        : { metres, turn: random.pick(difficultyLevel === 'medium' ? turns.slice(0, 2) : turns) };
    });
    const walk = `You start facing ${directions[start]}. ${sentence(legs)}`;
    const end = follow(start, legs);
    if (difficultyLevel === 'easy') {
      const key = directions[end.facing] as string;
      return {
        spec: { start, legs },
        content: `${walk}\nWhich direction are you facing now?`,
        key: capitalize(key),
        distractors: directions.map(capitalize),
        optionCount: 4,
        explanation: `Only the turns matter: ${facingTrail(start, legs)}.`,
      };
    }
    if (end.east === 0 || end.north === 0) return undefined;
    const wayBack = difficultyLevel === 'hard';
    const say = ({ east, north }: { east: number; north: number }) =>
      place(wayBack ? -east : east, wayBack ? -north : north);
    const mistaken = legs.flatMap((leg, index) =>
      leg.turn === undefined
        ? []
        : [
            follow(
              start,
              legs.with(index, {
                ...leg,
                turn: turns[(turns.indexOf(leg.turn) + 1) % 2] as (typeof turns)[number],
              }),
            ),
          ],
    );
    const { east, north } = end;
    return {
      spec: { start, legs },
      content: `${walk}\n${wayBack ? 'Where is your starting point, seen from where you are now?' : 'Where are you now, seen from your starting point?'}`,
      key: say(end),
      distractors: [
        ...random.shuffle([
          { east: -east, north: -north },
          { east: -east, north },
          { east, north: -north },
          { east: north, north: east },
        ]),
        ...random.shuffle(mistaken).filter((other) => other.east !== 0 && other.north !== 0),
      ].map(say),
      explanation: `Adding up the legs, you end ${place(east, north)} of the start${wayBack ? `; seen from there, the start is ${place(-east, -north)}` : ''}.`,
    };
  },
};

function sentence(legs: readonly Leg[]): string {
  return legs
    .map(({ metres, turn }, index) =>
      turn === undefined
        ? `You walk ${metres} m.`
        : `${index === legs.length - 1 ? 'Finally you' : 'You'} ${turn.text} and walk ${metres} m.`,
    )
    .join(' ');
}

function follow(
  start: number,
  legs: readonly Leg[],
): { east: number; north: number; facing: number } {
  let facing = start;
  let [east, north] = [0, 0];
  for (const { metres, turn } of legs) {
    facing = (facing + (turn?.quarter ?? 0)) % 4;
    east += metres * ([0, 1, 0, -1][facing] as number);
    north += metres * ([1, 0, -1, 0][facing] as number);
  }
  return { east: east + 0, north: north + 0, facing };
}

function facingTrail(start: number, legs: readonly Leg[]): string {
  return legs
    .map((_, index) => directions[follow(start, legs.slice(0, index + 1)).facing])
    .join(', then ');
}

function place(east: number, north: number): string {
  return `${Math.abs(north)} m ${north > 0 ? 'north' : 'south'} and ${Math.abs(east)} m ${east > 0 ? 'east' : 'west'}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
