import { firstNames } from '../../../questions/first-names.ts';
import type { Family } from '../family.ts';
import { memoryColours, memoryLetters, memoryThings } from './memory-lexicon.ts';

/** Who has what: two features bound to a person when easy and medium, a question across bindings when hard. */
export const ownership: Family = {
  name: 'ownership',
  weights: { easy: 2, medium: 2, hard: 2 },
  build(difficultyLevel, random) {
    const count = { easy: 4, medium: 5, hard: 5 }[difficultyLevel];
    const people = random.sample(firstNames, count);
    const things = random.sample(memoryThings, count);
    const colours = random.sample(memoryColours, 5);
    const lines = people.map((person, index) =>
      `${person} has a ${colours[index]} ${things[index]}.`.replace(' a orange', ' an orange'),
    );
    const asked = random.integer(0, count - 1);
    const shown = { spec: { people, things, colours, asked }, stimulus: lines.join('\n') };
    const rest = (values: readonly string[]) =>
      random.shuffle(values.filter((_, index) => index !== asked));
    if (difficultyLevel === 'easy') {
      return {
        ...shown,
        content: `What colour is the ${things[asked]}?`,
        key: colours[asked] as string,
        distractors: rest(colours),
        explanation: lines[asked] as string,
      };
    }
    if (difficultyLevel === 'medium') {
      return {
        ...shown,
        content: `Who has the ${colours[asked]} object?`,
        key: people[asked] as string,
        distractors: rest(people),
        explanation: lines[asked] as string,
      };
    }
    const next = asked === count - 1 ? asked - 1 : asked + 1;
    const side = next > asked ? 'after' : 'before';
    return {
      ...shown,
      content: `Which object belongs to the person named directly ${side} the owner of the ${colours[asked]} object?`,
      key: things[next] as string,
      distractors: random.shuffle(things.filter((_, index) => index !== next)),
      explanation: `${lines[asked]} Directly ${side}: ${lines[next]}`,
    };
  },
};

const rowsOfThree = ['top', 'middle', 'bottom'];
const columnsOfThree = ['left', 'centre', 'right'];

/** Letters at places of a grid: a place, a letter at a place, and a relation between two places. */
export const letterGrid: Family = {
  name: 'letter-grid',
  weights: { easy: 2, medium: 2, hard: 2 },
  build(difficultyLevel, random) {
    const size = difficultyLevel === 'hard' ? 4 : 3;
    const count = { easy: 5, medium: 6, hard: 7 }[difficultyLevel];
    const letters = random.sample(memoryLetters, count);
    const cells = random.sample([...Array(size * size).keys()], count);
    const grid = Array.from({ length: size }, (_, row) =>
      Array.from(
        { length: size },
        (_, column) => letters[cells.indexOf(row * size + column)] ?? '·',
      ),
    );
    const shown = {
      spec: { letters, cells },
      stimulus: grid.map((line) => line.join(' ')).join('\n'),
    };
    const asked = letters[0] as string;
    const at = cells[0] as number;
    if (difficultyLevel === 'easy') {
      return {
        ...shown,
        content: `In which place of the grid was the letter ${asked}?`,
        key: nameOfPlace(at),
        distractors: [
          ...random.shuffle(cells.slice(1)),
          ...random.shuffle([...Array(9).keys()]),
        ].map(nameOfPlace),
        explanation: `The ${asked} was in the place “${nameOfPlace(at)}”.`,
      };
    }
    if (difficultyLevel === 'medium') {
      return {
        ...shown,
        content: `Which letter was in the place “${nameOfPlace(at)}” of the grid?`,
        key: asked,
        distractors: random.shuffle(letters.slice(1)),
        explanation: `In the place “${nameOfPlace(at)}” was the letter ${asked}.`,
      };
    }
    const sameRow = letters.filter(
      (letter, index) =>
        letter !== asked && Math.floor((cells[index] as number) / 4) === Math.floor(at / 4),
    );
    const sameColumn = letters.filter(
      (letter, index) => letter !== asked && (cells[index] as number) % 4 === at % 4,
    );
    const [line, found, other] = random.pick([
      ['row', sameRow, sameColumn],
      ['column', sameColumn, sameRow],
    ] as const);
    if (found.length !== 1) return undefined;
    return {
      ...shown,
      content: `Which letter was in the same ${line} of the grid as ${asked}?`,
      key: found[0] as string,
      distractors: [...other, ...random.shuffle(letters.slice(1))],
      explanation: `The only other letter in the ${line} of ${asked} was ${found[0]}.`,
    };
  },
};

function nameOfPlace(cell: number): string {
  if (cell === 4) return 'centre';
  return `${rowsOfThree[Math.floor(cell / 3)]} ${columnsOfThree[cell % 3]}`;
}
