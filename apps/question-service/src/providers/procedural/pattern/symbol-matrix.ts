import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';

const symbols = ['●', '■', '▲', '◆', '★', '♥', '♣', '○', '□', '△', '◇', '☆'];
const brackets = ['()', '[]', '{}'];

/** How a feature is spread over the matrix: the same along rows, along columns, or each value once in each. */
type Layout = 'rows' | 'columns' | 'diagonal' | 'antidiagonal';

const layouts = {
  easy: { shape: ['rows'], count: ['columns'], bracket: [] },
  medium: {
    shape: ['diagonal', 'antidiagonal'],
    count: ['rows', 'columns', 'diagonal', 'antidiagonal'],
    bracket: [],
  },
  hard: {
    shape: ['diagonal', 'antidiagonal'],
    count: ['diagonal', 'antidiagonal', 'rows', 'columns'],
    bracket: ['diagonal', 'antidiagonal'],
  },
} as const satisfies Record<string, Record<string, readonly Layout[]>>;

const explanations: Record<Layout, string> = {
  rows: 'is the same along each row',
  columns: 'is the same down each column',
  diagonal: 'takes each of three values once in every row and column',
  antidiagonal: 'takes each of three values once in every row and column',
};

/** A 3 x 3 matrix of symbols: shape, number and, when hard, brackets each follow a layout of their own. */
export const symbolMatrix: Family = {
  name: 'symbol-matrix',
  weights: { easy: 1, medium: 2, hard: 2 },
  build(difficultyLevel, random) {
    const layout = layouts[difficultyLevel];
    const swap = difficultyLevel === 'easy' && random.next() < 0.5;
    const shapeLayout = swap ? 'columns' : random.pick<Layout>(layout.shape);
    const countLayout = swap ? 'rows' : random.pick<Layout>(layout.count);
    const bracketLayout =
      layout.bracket.length > 0 ? random.pick<Layout>(layout.bracket) : undefined;
    const shapes = random.sample(symbols, 3);
    const counts = random.sample([1, 2, 3, 4], 3);
    const frames = random.shuffle(brackets);
    const cell = (row: number, column: number) =>
      drawCell(
        shapes[spread(shapeLayout, row, column)] as string,
        counts[spread(countLayout, row, column)] as number,
        bracketLayout && frames[spread(bracketLayout, row, column)],
      );
    const rows = [0, 1, 2].map((row) =>
      [0, 1, 2].map((column) => (row + column === 4 ? '?' : cell(row, column))),
    );
    return {
      spec: { shapes, counts, shapeLayout, countLayout, bracketLayout },
      stimulus: rows.map((row) => row.join('  |  ')).join('\n'),
      content: 'Which figure completes the matrix?',
      key: cell(2, 2),
      distractors: wrongCells(
        { shapes, counts, frames: bracketLayout ? frames : [undefined] },
        random,
      ),
      explanation: [
        `The shape ${explanations[shapeLayout]}`,
        `the number ${explanations[countLayout]}`,
        ...(bracketLayout ? [`the bracket ${explanations[bracketLayout]}`] : []),
      ]
        .join('; ')
        .concat('.'),
    };
  },
};

function spread(layout: Layout, row: number, column: number): number {
  if (layout === 'rows') return row;
  if (layout === 'columns') return column;
  return layout === 'diagonal' ? (row + column) % 3 : (row + 2 * column) % 3;
}

function drawCell(shape: string, count: number, frame: string | undefined): string {
  const drawn = shape.repeat(count);
  return frame === undefined ? drawn : `${frame[0]}${drawn}${frame[1]}`;
}

function wrongCells(
  values: {
    shapes: readonly string[];
    counts: readonly number[];
    frames: readonly (string | undefined)[];
  },
  random: Random,
): string[] {
  return random.shuffle(
    values.shapes.flatMap((shape) =>
      values.counts.flatMap((count) => values.frames.map((frame) => drawCell(shape, count, frame))),
    ),
  );
}
