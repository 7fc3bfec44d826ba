import { optionsEqualTo, type Problem, type Solver } from './solver.ts';

const scales: readonly (readonly [more: string, less: string, most: string, least: string])[] = [
  ['taller', 'shorter', 'tallest', 'shortest'],
  ['older', 'younger', 'oldest', 'youngest'],
  ['newer', 'older', 'newest', 'oldest'],
  ['heavier', 'lighter', 'heaviest', 'lightest'],
  ['larger', 'smaller', 'largest', 'smallest'],
  ['longer', 'shorter', 'longest', 'shortest'],
  ['dearer', 'cheaper', 'dearest', 'cheapest'],
  ['faster', 'slower', 'fastest', 'slowest'],
  ['wider', 'narrower', 'widest', 'narrowest'],
];
const ranks = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Solves comparisons and places in a row by trying every order. */
export const solveOrder: Solver = (problem) =>
  /stand in a row:/u.test(problem.content) ? solveRow(problem) : solveComparison(problem);

function solveComparison(problem: Problem): readonly number[] | undefined {
  const asked = /Which of them is the (?:(second|third|fourth|fifth) )?(\w+)\?/u.exec(
    problem.content,
  );
  const found = [...problem.content.matchAll(/([^.\n]+?) is (\w+) than ([^.]+)\./gu)];
  if (asked === null || found.length === 0) return undefined;
  const words = new Set(found.map((match) => match[2] as string));
  const scale = scales.find(
    ([more, less, most, least]) =>
      [...words].every((word) => word === more || word === less) &&
      (asked[2] === most || asked[2] === least),
  );
  if (scale === undefined) return undefined;
  const above = found.map((match): [string, string] => {
    const [first, second] = [match[1] as string, match[3] as string].map((name) =>
      name.trim().toLowerCase(),
    ) as [string, string];
    return match[2] === scale[0] ? [first, second] : [second, first];
  });
  const names = [...new Set(above.flat())];
  const rank = ranks.indexOf(asked[1] ?? 'first');
  const place = asked[2] === scale[2] ? rank : names.length - 1 - rank;
  return onlyAnswer(
    problem,
    orders(names, (order) => above.every(([high, low]) => before(order, high, low))),
    place,
  );
}

function solveRow(problem: Problem): readonly number[] | undefined {
  const lines = problem.content.split('\n').map((line) => line.toLowerCase());
  const names =
    lines[0]
      ?.split(':')[1]
      ?.replace('.', '')
      .split(',')
      .map((name) => name.trim()) ?? [];
  const asked = /is (\w+) from the left/u.exec(lines.at(-1) ?? '');
  const clues = lines.slice(1, -1).map(toClue);
  if (asked === null || names.length > 6 || clues.includes(undefined)) return undefined;
  const fits = orders(names, (order) => clues.every((clue) => clue?.(order)));
  return onlyAnswer(problem, fits, ranks.indexOf(asked[1] as string));
}

function toClue(line: string): ((order: readonly string[]) => boolean) | undefined {
  const sentence = line.replace(/\.$/u, '');
  const pair = (pattern: RegExp, test: (first: number, second: number) => boolean) => {
    const match = pattern.exec(sentence);
    return (
      match &&
      ((order: readonly string[]) =>
        test(order.indexOf(match[1] as string), order.indexOf(match[2] as string)))
    );
  };
  const end = /^(.+) is at one of the two ends$/u.exec(sentence);
  if (end) return (order) => order[0] === end[1] || order.at(-1) === end[1];
  const inner = /^(.+) is not at either end$/u.exec(sentence);
  if (inner) return (order) => order[0] !== inner[1] && order.at(-1) !== inner[1];
  return (
    pair(/^(.+) is somewhere to the left of (.+)$/u, (first, second) => first < second) ??
    pair(/^(.+) is directly to the right of (.+)$/u, (first, second) => first - second === 1) ??
    pair(/^(.+) is not next to (.+)$/u, (first, second) => Math.abs(first - second) > 1) ??
    pair(
      /^exactly one \w+ is between (.+) and (.+)$/u,
      (first, second) => Math.abs(first - second) === 2,
    ) ??
    undefined
  );
}

function before(order: readonly string[], first: string, second: string): boolean {
  return order.indexOf(first) < order.indexOf(second);
}

function orders(names: readonly string[], fits: (order: readonly string[]) => boolean): string[][] {
  const found: string[][] = [];
  const extend = (order: string[], rest: readonly string[]) => {
    if (rest.length === 0 && fits(order)) found.push(order);
    for (const name of rest)
      extend(
        [...order, name],
        rest.filter((other) => other !== name),
      );
  };
  extend([], names);
  return found;
}

/** Every name that can stand at the place; more than one of them makes the problem ambiguous. */
function onlyAnswer(
  problem: Problem,
  fits: readonly (readonly string[])[],
  place: number,
): number[] {
  const answers = [...new Set(fits.map((order) => order[place] as string))];
  return answers.flatMap((answer) => optionsEqualTo(problem, answer));
}
