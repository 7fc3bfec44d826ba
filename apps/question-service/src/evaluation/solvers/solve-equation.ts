import { type Problem, rightOptions, type Solver } from './solver.ts';

type Unknowns = Readonly<Record<'x' | 'y', number>>;

/** Whole numbers that are tried for each of two unknowns. */
const candidates = Array.from({ length: 61 }, (_, index) => index - 20);

/** Solves equations by trying: an option in the place of x, or all pairs of small whole numbers. */
export const solveEquation: Solver = (problem) => {
  const single = /^For which number x is (.+)\?$/u.exec(problem.content);
  if (single !== null) {
    return numericOptions(problem, (x) => holds(single[1] as string, { x, y: 0 }));
  }
  const pair = /^Two numbers satisfy (.+) and (.+)\. What is (.+)\?$/u.exec(problem.content);
  if (pair === null) return undefined;
  const [, first, second, asked] = pair as unknown as [string, string, string, string];
  const values = new Set(
    candidates.flatMap((x) =>
      candidates
        .map((y) => ({ x, y }))
        .filter((unknowns) => holds(first, unknowns) && holds(second, unknowns))
        .map((unknowns) => evaluate(asked, unknowns)),
    ),
  );
  return numericOptions(problem, (value) => values.has(value));
};

function numericOptions(problem: Problem, isRight: (value: number) => boolean): number[] {
  return rightOptions(problem, (option) => /^-?\d+$/u.test(option) && isRight(Number(option)));
}

function holds(equation: string, unknowns: Unknowns): boolean {
  const [left, right] = equation.split('=');
  return evaluate(left ?? '', unknowns) === evaluate(right ?? '', unknowns);
}

/** The value of a sum of products; a number stands before an unknown or a bracket as its factor. */
function evaluate(expression: string, unknowns: Unknowns): number {
  const tokens = expression.match(/\d+|[xy()+×−]/gu) ?? [];
  let at = 0;

  return sum();

  function sum(): number {
    let total = product();
    while (tokens[at] === '+' || tokens[at] === '−') {
      const sign = tokens[at++] === '+' ? 1 : -1;
      total += sign * product();
    }
    return total;
  }

  function product(): number {
    let result = factor();
    while (at < tokens.length && !['+', '−', ')'].includes(tokens[at] as string)) {
      if (tokens[at] === '×') at += 1;
      result *= factor();
    }
    return result;
  }

  function factor(): number {
    const token = tokens[at++];
    if (token === 'x' || token === 'y') return unknowns[token];
    if (token !== '(') return Number(token);
    const inner = sum();
    at += 1;
    return inner;
  }
}
