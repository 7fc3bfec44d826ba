import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';
import { numericDistractors } from '../numeric-distractors.ts';

interface RowRule {
  readonly name: string;
  readonly because: string;
  apply(first: number, second: number): number;
  /** Results of typical mistakes. */
  mistakes(first: number, second: number): readonly number[];
}

const sum = (a: number, b: number) => a + b;
const product = (a: number, b: number) => a * b;

function mediumRule(random: Random): RowRule {
  return random.pick<RowRule>([
    {
      name: 'sum',
      because: 'the third number is the sum of the first two',
      apply: sum,
      mistakes: (a, b) => [2 * b - a, a * b, b - a, b + (b - a)],
    },
    {
      name: 'difference',
      because: 'the third number is the first minus the second',
      apply: (a, b) => a - b,
      mistakes: (a, b) => [a + b, 2 * b - a, b],
    },
    {
      name: 'product',
      because: 'the third number is the product of the first two',
      apply: product,
      mistakes: (a, b) => [a + b, a * (b - 1), a * (b + 1), (a + 1) * b],
    },
  ]);
}

function hardRule(random: Random): RowRule {
  const k = random.integer(2, 9);
  return random.pick<RowRule>([
    {
      name: 'product-plus',
      because: `the third number is the product of the first two, plus ${k}`,
      apply: (a, b) => a * b + k,
      mistakes: (a, b) => [a * b, a * b - k, a + b + k, a * (b + 1)],
    },
    {
      name: 'sum-plus',
      because: `the third number is the sum of the first two, plus ${k}`,
      apply: (a, b) => a + b + k,
      mistakes: (a, b) => [a + b, a + b - k, 2 * b - a, a + b + 2 * k],
    },
    {
      name: 'double-first',
      because: 'the third number is twice the first plus the second',
      apply: (a, b) => 2 * a + b,
      mistakes: (a, b) => [a + 2 * b, a + b, 2 * (a + b), 2 * a - b],
    },
    {
      name: 'double-second',
      because: 'the third number is the first plus twice the second',
      apply: (a, b) => a + 2 * b,
      mistakes: (a, b) => [2 * a + b, a + b, 2 * (a + b), 2 * b - a],
    },
  ]);
}

const shownRows = 4;

/** Rows of three numbers with the last one missing: one step across and one down, or a rule within the row. */
export const numberMatrix: Family = {
  name: 'number-matrix',
  weights: { easy: 3, medium: 3, hard: 3 },
  build(difficultyLevel, random) {
    if (difficultyLevel === 'easy') return stepMatrix(random);
    const rule = (difficultyLevel === 'medium' ? mediumRule : hardRule)(random);
    const isProduct = rule.name.startsWith('product');
    const rows = Array.from({ length: shownRows }, () => {
      const first = random.integer(2, isProduct ? 11 : 30) + (rule.name === 'difference' ? 20 : 0);
      const second = random.integer(2, isProduct ? 9 : 20);
      return [first, second, rule.apply(first, second)] as const;
    });
    if (
      new Set(rows.map((row) => row[0])).size < shownRows ||
      new Set(rows.map((row) => row[1])).size < 3
    )
      return undefined;
    const [first, second, key] = rows[shownRows - 1] as readonly [number, number, number];
    return {
      spec: { rule: rule.name, rows },
      stimulus: drawTable(rows),
      content:
        'The same rule holds in every row. Which number belongs in place of the question mark?',
      key: String(key),
      distractors: numericDistractors(key, { mistakes: rule.mistakes(first, second), random }).map(
        String,
      ),
      explanation: `In every row ${rule.because}: the missing number is ${key}.`,
    };
  },
};

function stepMatrix(random: Random) {
  const across = random.integer(2, 12);
  const down = random.integer(2, 12);
  if (across === down) return undefined;
  const start = random.integer(1, 40);
  const rows = [0, 1, 2].map((row) =>
    [0, 1, 2].map((column) => start + row * down + column * across),
  );
  const key = start + 2 * down + 2 * across;
  return {
    spec: { rule: 'steps', start, across, down },
    stimulus: drawTable(rows),
    content:
      'Numbers change by one rule from left to right and by another from top to bottom. Which number is missing?',
    key: String(key),
    distractors: numericDistractors(key, {
      mistakes: [key + across, key + down - across, key - across + 1, key + 1, key - across],
      random,
    }).map(String),
    explanation: `Each step to the right adds ${across} and each step down adds ${down}: the missing number is ${key}.`,
  };
}

function drawTable(rows: readonly (readonly number[])[]): string {
  return rows
    .map((row, index) =>
      row
        .map((value, column) =>
          index === rows.length - 1 && column === row.length - 1 ? '?' : value,
        )
        .join(' | '),
    )
    .join('\n');
}
