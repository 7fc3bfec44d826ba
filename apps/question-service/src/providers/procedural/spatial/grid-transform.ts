import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';

type Grid = readonly (readonly boolean[])[];

interface Transform {
  readonly text: string;
  apply(grid: Grid): Grid;
}

const turnRight = (grid: Grid): Grid =>
  grid.map((_, row) => grid.map((line) => line[row] as boolean).reverse());
const flip = (grid: Grid): Grid => grid.map((line) => [...line].reverse());
const turnAround = (grid: Grid): Grid => turnRight(turnRight(grid));

const transforms: readonly Transform[] = [
  { text: 'turned 90° clockwise', apply: turnRight },
  { text: 'turned 90° counterclockwise', apply: (grid) => turnAround(turnRight(grid)) },
  { text: 'turned by 180°', apply: turnAround },
  { text: 'mirrored left to right', apply: flip },
  { text: 'mirrored top to bottom', apply: (grid) => [...grid].reverse() },
];

const settings = {
  easy: { size: 3, steps: 1 },
  medium: { size: 4, steps: 1 },
  hard: { size: 4, steps: 2 },
} as const;

/** A figure on a grid, turned or mirrored in the mind: once, on a larger grid, then twice in succession. */
export const gridTransform: Family = {
  name: 'grid-transform',
  weights: { easy: 3, medium: 3, hard: 3 },
  build(difficultyLevel, random) {
    const { size, steps } = settings[difficultyLevel];
    const grid = drawGrid(size, random);
    const orientations = allOrientations(grid);
    if (new Set(orientations.map(write)).size < 8) return undefined;
    const chosen = random.sample(transforms, steps);
    const result = chosen.reduce((current, { apply }) => apply(current), grid);
    if (write(result) === write(grid)) return undefined;
    const partial =
      steps === 2
        ? [write((chosen[0] as Transform).apply(grid)), write((chosen[1] as Transform).apply(grid))]
        : [];
    const turned = random.shuffle(
      orientations.filter((other) => write(other) !== write(grid)).map(write),
    );
    return {
      spec: { grid: write(grid), transforms: chosen.map(({ text }) => text) },
      stimulus: grid.map((line) => writeLine(line)).join('\n'),
      content: `The figure is ${chosen.map(({ text }) => text).join(' and then ')}. Which figure results? (Rows are given from top to bottom, separated by “/”.)`,
      key: write(result),
      distractors: [
        ...partial.slice(0, 1),
        moveOneCell(result, random),
        ...turned.slice(0, 2),
        moveOneCell(turned.length > 0 ? result : grid, random),
        ...turned.slice(2),
      ],
      explanation: `Follow one corner of the figure: ${chosen.map(({ text }) => text).join(', then ')}, the rows read ${write(result)}.`,
    };
  },
};

function drawGrid(size: number, random: Random): Grid {
  const cells = [...Array(size * size).keys()];
  const filled = new Set(
    random.sample(cells, random.integer(size + (size === 4 ? 1 : 0), size * 2 - 1)),
  );
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => filled.has(row * size + column)),
  );
}

function allOrientations(grid: Grid): Grid[] {
  const turns = [grid, turnRight(grid), turnAround(grid), turnAround(turnRight(grid))];
  return [...turns, ...turns.map(flip)];
}

function moveOneCell(grid: Grid, random: Random): string {
  const rows = random.shuffle([...grid.keys()]);
  for (const row of rows) {
    const line = grid[row] as readonly boolean[];
    const at = line.findIndex(
      (cell, column) => cell !== line[column + 1] && column + 1 < line.length,
    );
    if (at === -1) continue;
    const moved = line.with(at, line[at + 1] as boolean).with(at + 1, line[at] as boolean);
    return write(grid.map((other, index) => (index === row ? moved : other)));
  }
  return write(grid.map((line) => line.map((cell) => !cell)));
}

const writeLine = (line: readonly boolean[]) => line.map((cell) => (cell ? '■' : '□')).join('');
const write = (grid: Grid) => grid.map(writeLine).join(' / ');
