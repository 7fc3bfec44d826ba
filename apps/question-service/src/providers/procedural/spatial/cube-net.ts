import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';

type Vector = readonly [number, number, number];

interface Face {
  readonly normal: Vector;
  readonly right: Vector;
  readonly down: Vector;
}

/** The nets of a cube, by the number of squares left of the row above and below a strip, and their shapes. */
const crossNets = [
  ['.#..', '####', '.#..'],
  ['#...', '####', '#...'],
  ['#...', '####', '.#..'],
  ['#...', '####', '..#.'],
  ['#...', '####', '...#'],
  ['.#..', '####', '..#.'],
];
const bentNets = [
  ['###..', '..###'],
  ['##...', '.###.', '...#.'],
  ['##...', '.###.', '.#...'],
  ['##...', '.###.', '..#..'],
  ['##..', '.##.', '..##'],
];
const letters = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];

/** A cube net: opposite faces of a straight strip, of any net, and a face seen from a given side. */
export const cubeNet: Family = {
  name: 'cube-net',
  weights: { easy: 3, medium: 3, hard: 4 },
  build(difficultyLevel, random) {
    const net = turnNet(
      random.pick(
        difficultyLevel === 'easy'
          ? crossNets
          : difficultyLevel === 'medium'
            ? [...bentNets, ...crossNets.slice(2)]
            : [...crossNets, ...bentNets],
      ),
      random,
    );
    const labels = random.sample(letters, 6);
    const cells = net.flatMap((line, row) =>
      [...line].flatMap((cell, column) => (cell === '#' ? [{ row, column }] : [])),
    );
    const faces = fold(cells);
    const labelled = cells.map((cell, index) => ({ ...cell, label: labels[index] as string }));
    const at = (normal: Vector) =>
      labels[faces.findIndex((face) => isSame(face.normal, normal))] as string;
    const stimulus = net
      .map((line, row) =>
        [...line]
          .map(
            (_, column) =>
              labelled.find((cell) => cell.row === row && cell.column === column)?.label ?? '·',
          )
          .join(' '),
      )
      .join('\n');
    const asked = random.integer(0, 5);
    const top = (faces[asked] as Face).normal;
    if (difficultyLevel !== 'hard') {
      const key = at(negate(top));
      return {
        spec: { net, labels, asked: labels[asked] },
        stimulus,
        content: `The net is folded into a cube. Which face lies opposite face ${labels[asked]}?`,
        key,
        distractors: random.shuffle(
          labels.filter((label) => label !== labels[asked] && label !== key),
        ),
        explanation: `Folded up, ${labels[asked]} and ${key} do not touch: they are opposite faces.`,
      };
    }
    const front = random.pick(faces.filter(({ normal }) => dot(normal, top) === 0)).normal;
    const key = at(cross(top, front));
    const [topLabel, frontLabel] = [at(top), at(front)];
    return {
      spec: { net, labels, top: topLabel, front: frontLabel },
      stimulus,
      content: `The net is folded into a cube with the letters on the outside. The cube is placed so that ${topLabel} is on top and ${frontLabel} faces you. Which face is on the right-hand side?`,
      key,
      distractors: [
        at(negate(cross(top, front))),
        ...random.shuffle(
          labels.filter((label) => label !== topLabel && label !== frontLabel && label !== key),
        ),
        topLabel,
      ],
      optionCount: 4,
      explanation: `The faces beside ${topLabel} and ${frontLabel} are ${key} and ${at(negate(cross(top, front)))}; with ${topLabel} on top and ${frontLabel} in front, ${key} is on the right.`,
    };
  },
};

function turnNet(net: readonly string[], random: Random): string[] {
  let lines = [...net];
  if (random.next() < 0.5) lines = lines.map((line) => [...line].reverse().join(''));
  for (let turns = random.integer(0, 3); turns > 0; turns -= 1) {
    const width = (lines[0] as string).length;
    lines = Array.from({ length: width }, (_, column) =>
      lines
        .map((line) => line[column] as string)
        .reverse()
        .join(''),
    );
  }
  const used = (line: string) => line.includes('#');
  lines = lines.filter(used);
  const columns = [...(lines[0] as string)].flatMap((_, column) =>
    lines.some((line) => line[column] === '#') ? [column] : [],
  );
  return lines.map((line) => columns.map((column) => line[column]).join(''));
}

/** Folds neighbours away from the viewer, starting with the first square facing him. */
function fold(cells: readonly { row: number; column: number }[]): Face[] {
  const faces: (Face | undefined)[] = cells.map(() => undefined);
  faces[0] = { normal: [0, 0, 1], right: [1, 0, 0], down: [0, -1, 0] };
  for (let round = 0; round < 6; round += 1) {
    cells.forEach((cell, index) => {
      const face = faces[index];
      if (face === undefined) return;
      cells.forEach((other, at) => {
        const next = foldOver(face, other.column - cell.column, other.row - cell.row);
        if (next !== undefined) faces[at] ??= next;
      });
    });
  }
  return faces as Face[];
}

function foldOver({ normal, right, down }: Face, across: number, below: number): Face | undefined {
  if (Math.abs(across) + Math.abs(below) !== 1) return undefined;
  if (across === 1) return { normal: right, right: negate(normal), down };
  if (across === -1) return { normal: negate(right), right: normal, down };
  return below === 1
    ? { normal: down, right, down: negate(normal) }
    : { normal: negate(down), right, down: normal };
}

const negate = ([x, y, z]: Vector): Vector => [0 - x, 0 - y, 0 - z];
const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const isSame = (a: Vector, b: Vector) => dot(a, b) === 1;
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
