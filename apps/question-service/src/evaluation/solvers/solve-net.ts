import { optionsEqualTo, type Problem } from './solver.ts';

/** Which physical side of a cube lies where, seen by somebody who looks at the net from above. */
interface Placed {
  readonly top: number;
  readonly bottom: number;
  readonly east: number;
  readonly west: number;
  readonly south: number;
  readonly north: number;
}

/** Rolls a cube along under the sheet, square by square: the side that touches a square gets its letter. */
export function solveNet(problem: Problem): readonly number[] | undefined {
  const squares = new Map<string, string>();
  problem.stimulus.split('\n').forEach((line, row) => {
    line.split(' ').forEach((cell, column) => {
      if (/^[A-Z]$/u.test(cell)) squares.set(`${row},${column}`, cell);
    });
  });
  if (squares.size !== 6) return undefined;

  const letters: string[] = [];
  const seen = new Set<string>();
  const visit = (row: number, column: number, cube: Placed) => {
    const square = `${row},${column}`;
    const letter = squares.get(square);
    if (letter === undefined || seen.has(square)) return;
    seen.add(square);
    letters[cube.top] = letter;
    visit(row, column + 1, {
      ...cube,
      top: cube.east,
      east: cube.bottom,
      bottom: cube.west,
      west: cube.top,
    });
    visit(row, column - 1, {
      ...cube,
      top: cube.west,
      west: cube.bottom,
      bottom: cube.east,
      east: cube.top,
    });
    visit(row + 1, column, {
      ...cube,
      top: cube.south,
      south: cube.bottom,
      bottom: cube.north,
      north: cube.top,
    });
    visit(row - 1, column, {
      ...cube,
      top: cube.north,
      north: cube.bottom,
      bottom: cube.south,
      south: cube.top,
    });
  };
  const [row, column] = ([...squares.keys()][0] as string).split(',').map(Number) as [
    number,
    number,
  ];
  const start: Placed = { top: 0, bottom: 1, east: 2, west: 3, south: 4, north: 5 };
  visit(row, column, start);
  if (letters.filter(Boolean).length !== 6) return undefined;

  const opposite = /lies opposite face ([A-Z])\?/u.exec(problem.content)?.[1];
  if (opposite !== undefined)
    return optionsEqualTo(problem, letters[letters.indexOf(opposite) ^ 1] as string);
  const view = /([A-Z]) is on top and ([A-Z]) faces you\. Which face is on the right/u.exec(
    problem.content,
  );
  if (view === null) return undefined;
  const found = orientations(start).find(
    (cube) => letters[cube.top] === view[1] && letters[cube.south] === view[2],
  );
  return found && optionsEqualTo(problem, letters[found.east] as string);
}

/** All 24 ways to put the cube down, reached by tipping and spinning it. */
function orientations(start: Placed): Placed[] {
  const found = new Map<string, Placed>();
  const queue = [start];
  for (const cube of queue) {
    const id = `${cube.top}${cube.south}`;
    if (found.has(id)) continue;
    found.set(id, cube);
    queue.push(
      { ...cube, south: cube.east, east: cube.north, north: cube.west, west: cube.south },
      { ...cube, top: cube.east, east: cube.bottom, bottom: cube.west, west: cube.top },
    );
  }
  return [...found.values()];
}
