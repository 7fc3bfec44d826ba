import type { DifficultyLevel } from '../../../questions/question.ts';
import type { Family } from '../family.ts';

const symbols = ['●', '■', '▲', '◆', '★', '♥', '♣', '○', '□', '△', '◇', '☆'];
const brackets = ['()', '[]', '{}'];

/** How a feature is spread over the matrix: the same along rows, along columns, or each value once in each. */
type Layout = 'rows' | 'columns' | 'diagonal' | 'antidiagonal';

/**
 * Layouts of shape, number and brackets: of one matrix all different. Any two are independent then, as the
 * directions of a 3 x 3 grid are; features that go together would be one feature, and the item easy.
 */
const layouts: Record<DifficultyLevel, readonly (readonly [Layout, Layout, Layout?])[]> = {
  easy: [
    ['rows', 'columns'],
    ['columns', 'rows'],
  ],
  medium: [
    ['diagonal', 'rows'],
    ['diagonal', 'columns'],
    ['diagonal', 'antidiagonal'],
    ['antidiagonal', 'rows'],
    ['antidiagonal', 'columns'],
    ['antidiagonal', 'diagonal'],
  ],
  hard: (['rows', 'columns'] as const).flatMap((line): [Layout, Layout, Layout][] => [
    [line, 'diagonal', 'antidiagonal'],
    [line, 'antidiagonal', 'diagonal'],
    ['diagonal', line, 'antidiagonal'],
    ['antidiagonal', line, 'diagonal'],
    ['diagonal', 'antidiagonal', line],
    ['antidiagonal', 'diagonal', line],
  ]),
};

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
    const [shapeLayout, countLayout, bracketLayout] = random.pick(layouts[difficultyLevel]);
    const [otherShape, ...shapes] = random.sample(symbols, 4) as [string, ...string[]];
    const [otherCount, ...counts] = random.sample([1, 2, 3, 4], 4) as [number, ...number[]];
    const frames = random.shuffle(brackets);
    const cell = (row: number, column: number) =>
      drawCell(
        shapes[spread(shapeLayout, row, column)] as string,
        counts[spread(countLayout, row, column)] as number,
        bracketLayout && frames[spread(bracketLayout, row, column)],
      );
    const cells = [0, 1, 2].map((row) => [0, 1, 2].map((column) => cell(row, column)));
    const key = cell(2, 2);
    const shape = shapes[spread(shapeLayout, 2, 2)] as string;
    const count = counts[spread(countLayout, 2, 2)] as number;
    const frame = bracketLayout && frames[spread(bracketLayout, 2, 2)];
    const seen = random.shuffle(cells.flat().filter((drawn) => drawn !== key));
    // Some stand in the matrix and some do not, so that neither tells the key.
    const unseen = random.shuffle([
      drawCell(shape, otherCount, frame),
      drawCell(otherShape, count, frame),
      ...(frame ? frames.filter((other) => other !== frame) : []).map((other) =>
        drawCell(shape, count, other),
      ),
    ]);
    const rows = cells.map((line) => line.map((drawn) => (drawn === key ? '?' : drawn)));
    return {
      spec: { shapes, counts, shapeLayout, countLayout, bracketLayout },
      stimulus: rows.map((row) => row.join('  |  ')).join('\n'),
      content: 'Which figure completes the matrix?',
      key,
      distractors: [...unseen.slice(0, 2), ...seen.slice(0, 2), ...unseen.slice(2)],
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
