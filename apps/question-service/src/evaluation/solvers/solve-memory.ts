import { optionsEqualTo, type Problem, rightOptions, type Solver } from './solver.ts';

const ordinals = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
];

interface Reading {
  readonly pattern: RegExp;
  readonly solve: (problem: Problem, found: readonly string[]) => readonly number[] | undefined;
}

const tokens = (problem: Problem) => problem.stimulus.split(/\s+/u);
const words = (problem: Problem) => problem.stimulus.split(', ');
const grid = (problem: Problem) => problem.stimulus.split('\n').map((line) => line.split(' '));
const spoken = (problem: Problem, values: readonly string[]) =>
  optionsEqualTo(problem, values.join(' '));

const readings: readonly Reading[] = [
  {
    pattern: /digits were shown, in this order/u,
    solve: (problem) => spoken(problem, tokens(problem)),
  },
  {
    pattern: /digits you saw in reverse order/u,
    solve: (problem) => spoken(problem, tokens(problem).reverse()),
  },
  {
    pattern: /digits you saw sorted from the smallest/u,
    solve: (problem) => spoken(problem, tokens(problem).sort()),
  },
  {
    pattern: /odd digits first and the even digits after/u,
    solve: (problem) => {
      const odd = /[13579]/u;
      const all = tokens(problem);
      return spoken(problem, [
        ...all.filter((digit) => odd.test(digit)),
        ...all.filter((digit) => !odd.test(digit)),
      ]);
    },
  },
  {
    pattern: /digits first, from the smallest to the largest, and then the letters/u,
    // Digits come before letters in the order of characters, so that one sort does both.
    solve: (problem) => spoken(problem, tokens(problem).sort()),
  },
  {
    pattern: /What was in the (\w+) place/u,
    solve: (problem, [place]) =>
      optionsEqualTo(problem, tokens(problem)[ordinals.indexOf(place as string)] ?? ''),
  },
  {
    pattern: /words was not on the list/u,
    solve: (problem) => rightOptions(problem, (option) => !words(problem).includes(option)),
  },
  {
    pattern: /came (directly|two places|three places) (before|after) “(.+)” on the list/u,
    solve: (problem, [distance, side, cue]) => {
      const step = ['directly', 'two places', 'three places'].indexOf(distance as string) + 1;
      const list = words(problem);
      return optionsEqualTo(
        problem,
        list[list.indexOf(cue as string) + (side === 'after' ? step : -step)] ?? '',
      );
    },
  },
  {
    pattern: /came back with exactly (one|two) other letters? in between/u,
    solve: (problem, [between]) => {
      const gap = between === 'one' ? '\\S' : '\\S \\S';
      return rightOptions(problem, (option) =>
        new RegExp(`${option} ${gap} ${option}`, 'u').test(problem.stimulus),
      );
    },
  },
  {
    pattern: /What colour is the (.+)\?/u,
    solve: (problem, [thing]) =>
      optionsEqualTo(problem, owners(problem).find((owner) => owner.thing === thing)?.colour ?? ''),
  },
  {
    pattern: /Who has the (\w+) object/u,
    solve: (problem, [colour]) =>
      optionsEqualTo(problem, owners(problem).find((owner) => owner.colour === colour)?.name ?? ''),
  },
  {
    pattern: /named directly (before|after) the owner of the (\w+) object/u,
    solve: (problem, [side, colour]) => {
      const all = owners(problem);
      const index = all.findIndex((owner) => owner.colour === colour);
      return optionsEqualTo(problem, all[index + (side === 'after' ? 1 : -1)]?.thing ?? '');
    },
  },
  {
    pattern: /In which place of the grid was the letter (\w)/u,
    solve: (problem, [letter]) =>
      rightOptions(problem, (option) => letterAt(problem, option) === letter),
  },
  {
    pattern: /letter was in the place “(.+)” of the grid/u,
    solve: (problem, [place]) => optionsEqualTo(problem, letterAt(problem, place as string)),
  },
  {
    pattern: /same (row|column) of the grid as (\w)/u,
    solve: (problem, [line, letter]) => {
      const rows = grid(problem);
      const lines =
        line === 'row'
          ? rows
          : (rows[0] as string[]).map((_, column) => rows.map((row) => row[column] as string));
      const found = lines.find((cells) => cells.includes(letter as string));
      return rightOptions(
        problem,
        (option) => option !== letter && found?.includes(option) === true,
      );
    },
  },
];

/** Answers with the stimulus before its eyes, which the test taker has to do from memory. */
export const solveMemory: Solver = (problem) => {
  for (const { pattern, solve } of readings) {
    const found = pattern.exec(problem.content);
    if (found !== null) return solve(problem, found.slice(1));
  }
  return undefined;
};

function owners(problem: Problem): { name: string; colour: string; thing: string }[] {
  return [...problem.stimulus.matchAll(/^(\S+) has an? (\S+) (\S+)\.$/gmu)].map((match) => ({
    name: match[1] as string,
    colour: match[2] as string,
    thing: match[3] as string,
  }));
}

function letterAt(problem: Problem, place: string): string {
  const [row, column] = place === 'centre' ? ['middle', 'centre'] : place.split(' ');
  const line = grid(problem)[['top', 'middle', 'bottom'].indexOf(row as string)];
  return line?.[['left', 'centre', 'right'].indexOf(column as string)] ?? '';
}
