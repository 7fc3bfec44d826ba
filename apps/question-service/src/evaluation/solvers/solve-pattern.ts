import { seriesContinuations } from './series-continuations.ts';
import { optionsEqualTo, type Problem, rightOptions, type Solver } from './solver.ts';

/** Solves series of numbers and codes, and tables of numbers and of symbols. */
export const solvePattern: Solver = (problem) => {
  if (problem.stimulus.includes('|')) return solveTable(problem);
  const line = problem.content.split('\n').find((text) => /,\s*\?\s*$/u.test(text));
  if (line === undefined) return undefined;
  const tokens = line
    .split(',')
    .map((token) => token.trim())
    .slice(0, -1);
  return tokens.every((token) => /^-?\d+$/u.test(token))
    ? solveNumbers(tokens.map(Number), problem)
    : solveCodes(tokens, problem);
};

function solveNumbers(terms: readonly number[], problem: Problem): number[] | undefined {
  const values = simplest(terms);
  return values && rightOptions(problem, (option) => values.includes(Number(option)));
}

function simplest(terms: readonly number[]): number[] | undefined {
  return seriesContinuations(terms).find((values) => values.length > 0);
}

/** Codes such as C12 or AZ7: letters count from A = 1, and each part goes on by itself. */
function solveCodes(tokens: readonly string[], problem: Problem): number[] | undefined {
  const codes = tokens.map(parts);
  const width = codes[0]?.length ?? 0;
  if (width === 0 || codes.some((code) => code.length !== width)) return undefined;
  const allowed = Array.from({ length: width }, (_, part) =>
    simplest(codes.map((code) => code[part] as number)),
  );
  if (allowed.includes(undefined)) return undefined;
  return rightOptions(problem, (option) => {
    const values = parts(option);
    return values.length === width && values.every((value, part) => allowed[part]?.includes(value));
  });
}

function parts(code: string): number[] {
  return (code.match(/[A-Z]|\d+/gu) ?? []).map((part) =>
    /\d/u.test(part) ? Number(part) : part.charCodeAt(0) - 64,
  );
}

function solveTable(problem: Problem): readonly number[] | undefined {
  const rows = problem.stimulus
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const last = rows.at(-1) as string[];
  if (last.at(-1) !== '?' || rows.some((row) => row.length !== last.length)) return undefined;
  const isNumeric = rows.flat().every((cell) => cell === '?' || /^\d+$/u.test(cell));
  if (!isNumeric) return solveSymbols(rows, problem);
  const values = tableValues(rows.map((row) => row.filter((cell) => cell !== '?').map(Number)));
  return values && rightOptions(problem, (option) => values.includes(Number(option)));
}

type RowRule = (first: number, second: number) => number;

const smallNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const rowRulesByComplexity: readonly (readonly RowRule[])[] = [
  [(a, b) => a + b, (a, b) => a - b, (a, b) => b - a, (a, b) => a * b, (a, b) => 2 * b - a],
  [
    ...smallNumbers.flatMap((k): RowRule[] => [
      (a, b) => a + b + k,
      (a, b) => a + b - k,
      (a, b) => a - b + k,
      (a, b) => a * b + k,
      (a, b) => a * b - k,
    ]),
    (a, b) => 2 * a + b,
    (a, b) => a + 2 * b,
    (a, b) => 2 * (a + b),
    (a, b) => 2 * a - b,
    (a, b) => 3 * a + b,
    (a, b) => a + 3 * b,
  ],
];

function tableValues(rows: readonly (readonly number[])[]): number[] | undefined {
  const complete = rows.slice(0, -1);
  const [first, second] = rows.at(-1) as readonly [number, number];
  const steps = complete.map((row) =>
    row.slice(1).map((value, index) => value - (row[index] as number)),
  );
  const step = steps[0]?.[0];
  if ([...steps.flat(), second - first].every((value) => value === step))
    return [second + (step as number)];
  for (const rules of rowRulesByComplexity) {
    const fitting = rules.filter((rule) =>
      complete.every(([a, b, c]) => rule(a as number, b as number) === c),
    );
    if (fitting.length > 0) return [...new Set(fitting.map((rule) => rule(first, second)))];
  }
  return undefined;
}

/** Takes the cells apart into shape, number and bracket and completes each by itself. */
function solveSymbols(
  rows: readonly (readonly string[])[],
  problem: Problem,
): readonly number[] | undefined {
  const features: ((cell: string) => string)[] = [
    (cell) => [...cell.replace(/[()[\]{}]/gu, '')][0] ?? '',
    (cell) => String([...cell.replace(/[()[\]{}]/gu, '')].length),
    (cell) => (/[([{]/u.test(cell) ? cell.charAt(0) : ''),
  ];
  const wanted = features.map((feature) =>
    missingValue(rows.map((row) => row.map((cell) => (cell === '?' ? '?' : feature(cell))))),
  );
  if (wanted.includes(undefined)) return undefined;
  const found = rightOptions(problem, (option) =>
    features.every((feature, index) => feature(option) === wanted[index]),
  );
  return found.length === 0 ? optionsEqualTo(problem, '') : found;
}

function missingValue(grid: readonly (readonly string[])[]): string | undefined {
  const row = (grid.at(-1) as readonly string[]).slice(0, -1);
  const column = grid.slice(0, -1).map((line) => line.at(-1) as string);
  const complete = grid.slice(0, -1);
  if (complete.every((line) => new Set(line).size === 1) && new Set(row).size === 1) return row[0];
  if (
    complete.every((line) => line.every((value, index) => value === grid[0]?.[index])) &&
    new Set(column).size === 1
  ) {
    return column[0];
  }
  const all = new Set(complete[0]);
  const isLatin = complete.every(
    (line) => new Set(line).size === line.length && line.every((value) => all.has(value)),
  );
  const rest = [...all].filter((value) => !row.includes(value));
  return isLatin && rest.length === 1 && !column.includes(rest[0] as string) ? rest[0] : undefined;
}
