import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';

/** Letters by side: top, bottom, front (facing the test taker), back, right, left. */
type Cube = readonly [string, string, string, string, string, string];

/** Each beside the one that undoes it. */
const rolls: readonly { text: string; apply(cube: Cube): Cube }[] = [
  { text: 'to the right', apply: ([t, u, f, b, r, l]) => [l, r, f, b, t, u] },
  { text: 'to the left', apply: ([t, u, f, b, r, l]) => [r, l, f, b, u, t] },
  { text: 'towards you', apply: ([t, u, f, b, r, l]) => [b, f, t, u, r, l] },
  { text: 'away from you', apply: ([t, u, f, b, r, l]) => [f, b, u, t, r, l] },
];
const letters = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];

/** A lettered cube rolled over its edges: two or three rolls when medium, four or five when hard. */
export const rollingDie: Family = {
  name: 'rolling-die',
  weights: { medium: 2, hard: 3 },
  build(difficultyLevel, random) {
    const count = difficultyLevel === 'hard' ? random.integer(4, 5) : random.integer(2, 3);
    const start = random.sample(letters, 6) as unknown as Cube;
    const [top, bottom, front, back, right, left] = start;
    const chosen = drawRolls(count, random).map((at) => rolls[at] as (typeof rolls)[number]);
    const states = [start];
    for (const { apply } of chosen) states.push(apply(states.at(-1) as Cube));
    const end = states.at(-1) as Cube;
    const asked = random.pick([
      { text: 'is on top', side: 0, opposite: 1 },
      { text: 'faces you', side: 2, opposite: 3 },
      { text: 'is on the right', side: 4, opposite: 5 },
    ]);
    const key = end[asked.side] as string;
    // A cube that ends as it began asks for no imagination.
    if (key === start[asked.side]) return undefined;
    const steps = chosen.map(({ text }) => text);
    return {
      spec: { start, rolls: steps, asked: asked.text },
      content: `A cube has a letter on each face: ${top} on top, ${bottom} underneath, ${front} facing you, ${back} at the back, ${right} on the right and ${left} on the left. It is rolled over one edge at a time: ${steps.slice(0, -1).join(', ')} and then ${steps.at(-1)}. Which letter ${asked.text} now?`,
      key,
      distractors: [
        end[asked.opposite] as string,
        start[asked.side] as string,
        ...random.shuffle(start),
      ],
      explanation: `Top, front and right, at first and after each roll: ${states.map((cube) => `${cube[0]}${cube[2]}${cube[4]}`).join(', ')}.`,
    };
  },
};

/** Indices of rolls, none of which undoes the one before. */
function drawRolls(count: number, random: Random): number[] {
  const drawn: number[] = [];
  while (drawn.length < count) {
    const next = random.integer(0, rolls.length - 1);
    const undone = (drawn.at(-1) ?? next) ^ 1;
    if (drawn.length === 0 || next !== undone) drawn.push(next);
  }
  return drawn;
}
