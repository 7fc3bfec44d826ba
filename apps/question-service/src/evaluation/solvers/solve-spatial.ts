import { solveNet } from './solve-net.ts';
import { optionsEqualTo, type Problem, type Solver } from './solver.ts';

/** Solves turned figures, cube nets, walks and rolled dice. */
export const solveSpatial: Solver = (problem) => {
  if (/The figure is (turned|mirrored)/u.test(problem.content)) return solveFigure(problem);
  if (/folded into a cube/u.test(problem.content)) return solveNet(problem);
  if (/^You start facing/u.test(problem.content)) return solveWalk(problem);
  return /^A cube has a letter on each face/u.test(problem.content) ? solveDie(problem) : undefined;
};

/** Moves the filled cells by their coordinates, with the origin in the middle of the figure. */
function solveFigure(problem: Problem): readonly number[] | undefined {
  const lines = problem.stimulus.split('\n').map((line) => [...line.trim()]);
  const middle = (lines.length - 1) / 2;
  const text = /The figure is (.+?)\. Which/u.exec(problem.content)?.[1] ?? '';
  let cells = lines.flatMap((line, row) =>
    line.flatMap((cell, column) =>
      cell === '■' ? [[column - middle, middle - row] as const] : [],
    ),
  );
  for (const step of text.split(' and then ')) {
    const move = moves[step];
    if (move === undefined) return undefined;
    cells = cells.map(([x, y]) => move(x, y));
  }
  const filled = new Set(cells.map(([x, y]) => `${middle - y},${x + middle}`));
  const drawn = lines.map((line, row) =>
    line.map((_, column) => (filled.has(`${row},${column}`) ? '■' : '□')).join(''),
  );
  return optionsEqualTo(problem, drawn.join(' / '));
}

const moves: Readonly<Record<string, (x: number, y: number) => readonly [number, number]>> = {
  'turned 90° clockwise': (x, y) => [y, -x],
  'turned 90° counterclockwise': (x, y) => [-y, x],
  'turned by 180°': (x, y) => [-x, -y],
  'mirrored left to right': (x, y) => [-x, y],
  'mirrored top to bottom': (x, y) => [x, -y],
};

const headings: Readonly<Record<string, readonly [number, number]>> = {
  north: [0, 1],
  east: [1, 0],
  south: [0, -1],
  west: [-1, 0],
};

/** Keeps a heading vector and turns it by multiplication, as complex numbers are turned. */
function solveWalk(problem: Problem): readonly number[] | undefined {
  let heading: readonly [number, number] | undefined =
    headings[/^You start facing (\w+)/u.exec(problem.content)?.[1] ?? ''];
  if (heading === undefined) return undefined;
  let [east, north] = [0, 0];
  for (const [, turn, metres] of problem.content.matchAll(
    /ou (?:turn (right|left|around) and )?walk (\d+) m/gu,
  )) {
    const [x, y] = heading as readonly [number, number];
    if (turn === 'right') heading = [y, -x];
    if (turn === 'left') heading = [-y, x];
    if (turn === 'around') heading = [-x, -y];
    east += heading[0] * Number(metres);
    north += heading[1] * Number(metres);
  }
  if (/direction are you facing now/u.test(problem.content)) {
    const [x, y] = heading;
    const name = Object.entries(headings).find(
      ([, vector]) => vector[0] === x + 0 && vector[1] === y + 0,
    )?.[0];
    return name === undefined ? undefined : optionsEqualTo(problem, name);
  }
  const sign = /Where is your starting point/u.test(problem.content) ? -1 : 1;
  if (sign === 1 && !/Where are you now/u.test(problem.content)) return undefined;
  const [e, n] = [east * sign, north * sign];
  return optionsEqualTo(
    problem,
    `${Math.abs(n)} m ${n > 0 ? 'north' : 'south'} and ${Math.abs(e)} m ${e > 0 ? 'east' : 'west'}`,
  );
}

type Side = 'top' | 'bottom' | 'front' | 'back' | 'right' | 'left';

/** Each roll carries the sides round in a cycle of four. */
const cycles: Readonly<Record<string, readonly Side[]>> = {
  'to the right': ['top', 'right', 'bottom', 'left'],
  'to the left': ['top', 'left', 'bottom', 'right'],
  'towards you': ['top', 'front', 'bottom', 'back'],
  'away from you': ['top', 'back', 'bottom', 'front'],
};

const faces =
  /(?<top>[A-Z]) on top, (?<bottom>[A-Z]) underneath, (?<front>[A-Z]) facing you, (?<back>[A-Z]) at the back, (?<right>[A-Z]) on the right and (?<left>[A-Z]) on the left/u;

function solveDie(problem: Problem): readonly number[] | undefined {
  const start = faces.exec(problem.content)?.groups;
  const rolled =
    /one edge at a time: (.+?)\. Which letter (is on top|faces you|is on the right)/u.exec(
      problem.content,
    );
  if (start === undefined || rolled === null) return undefined;
  let die: Record<string, string> = { ...start };
  for (const roll of (rolled[1] as string).split(/, | and then /u)) {
    const cycle = cycles[roll];
    if (cycle === undefined) return undefined;
    const before = die;
    die = { ...die };
    cycle.forEach((side, index) => {
      die[cycle[(index + 1) % 4] as Side] = before[side] as string;
    });
  }
  const asked: Side =
    rolled[2] === 'is on top' ? 'top' : rolled[2] === 'faces you' ? 'front' : 'right';
  return optionsEqualTo(problem, die[asked] as string);
}
