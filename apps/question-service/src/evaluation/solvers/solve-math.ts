import { solveEquation } from './solve-equation.ts';
import { optionsEqualTo, type Problem, rightOptions, type Solver } from './solver.ts';

type Numbers = readonly number[];

/** How a kind of problem is recognised and when a proposed answer is right; most answers are tried, not computed. */
interface Reading {
  readonly pattern: RegExp;
  readonly isRight: (answer: number, numbers: Numbers, text: string) => boolean;
}

const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;
const at = (numbers: Numbers, index: number) => numbers[index] as number;
const range = (max: number) => Array.from({ length: max + 1 }, (_, value) => value);

const readings: readonly Reading[] = [
  {
    pattern:
      /costs (\d+) coins and an? \w+ costs (\d+) coins\. How many coins do (\d+) \w+ and (\d+) \w+ cost/u,
    isRight: (answer, n) => near(answer - at(n, 0) * at(n, 2), at(n, 1) * at(n, 3)),
  },
  {
    pattern: /Of the (\d+) .+?, (\d+)% are children\. How many are not children/u,
    isRight: (answer, n) => near(answer / at(n, 0), 1 - at(n, 1) / 100),
  },
  {
    pattern: /(\d+) \w+ in (\d+) \w+\. How many \w+ does it \w+ in (\d+)/u,
    isRight: (answer, n) => near(answer * at(n, 1), at(n, 0) * at(n, 2)),
  },
  {
    pattern:
      /think of a number, multiply it by (\d+) and then (?:add|subtract) (\d+)\. The result is (\d+)/u,
    isRight: (answer, n, text) =>
      near(answer * at(n, 0) + (text.includes('then add') ? 1 : -1) * at(n, 1), at(n, 2)),
  },
  {
    pattern:
      /bag holds (\d+) \w+\. (\d+) of them are set aside, and the rest is shared equally among (\d+) children/u,
    isRight: (answer, n) => near(answer * at(n, 2) + at(n, 1), at(n, 0)),
  },
  {
    pattern: /share (\d+) \w+ in the ratio (\d+) to (\d+)\. How many \w+ does \w+ get more/u,
    isRight: (answer, n) => {
      const less = (at(n, 0) - answer) / 2;
      return near((less + answer) * at(n, 2), less * at(n, 1));
    },
  },
  {
    pattern: /After its price was (?:raised|reduced) by (\d+)%, an? \w+ costs (\d+) coins/u,
    isRight: (answer, n, text) =>
      near(answer + (text.includes('raised') ? 1 : -1) * answer * (at(n, 0) / 100), at(n, 1)),
  },
  {
    pattern:
      /average of (\d+) numbers is (\d+)\. When one more number is added, the average becomes (\d+)/u,
    isRight: (answer, n) => near((at(n, 0) * at(n, 1) + answer) / (at(n, 0) + 1), at(n, 2)),
  },
  {
    pattern: /is (\d+) times as old as .+? In (\d+) years their ages will add up to (\d+)/u,
    isRight: (answer, n) => near(answer + at(n, 1) + answer / at(n, 0) + at(n, 1), at(n, 2)),
  },
  {
    pattern: /Two towns are (\d+) km apart\..+?one at (\d+) km\/h and one at (\d+) km\/h/u,
    isRight: (answer, n, text) => {
      if (text.includes('one hour before')) return near(answer, at(n, 1) + at(n, 2));
      const slower = at(n, 0) - answer;
      return near(slower * Math.max(at(n, 1), at(n, 2)), answer * Math.min(at(n, 1), at(n, 2)));
    },
  },
  {
    pattern: /(\d+) \w+ and (\d+) \w+ cost (\d+) coins; (\d+) \w+ and (\d+) \w+ cost (\d+) coins/u,
    isRight: (answer, n) => {
      const other = (at(n, 2) - at(n, 0) * answer) / at(n, 1);
      return near(at(n, 3) * answer + at(n, 4) * other, at(n, 5));
    },
  },
  {
    pattern:
      /fills a tank in (\d+) hours, another fills it in (\d+) hours, and the outlet empties the full tank in (\d+) hours/u,
    isRight: (answer, n) => near(answer / at(n, 0) + answer / at(n, 1) - answer / at(n, 2), 1),
  },
  {
    pattern:
      /stand (\d+) vehicles: .+? they have (\d+) wheels\. There are (?:twice|three times) as many bicycles/u,
    isRight: (answer, n, text) => {
      const factor = text.includes('twice') ? 2 : 3;
      return range(at(n, 0)).some(
        (trikes) =>
          answer + trikes + factor * trikes === at(n, 0) &&
          4 * answer + 3 * trikes + 2 * factor * trikes === at(n, 1),
      );
    },
  },
  {
    pattern: /holds (\d+) litres of (\d+)% .+? How many litres of (\d+)% .+? to make it (\d+)%/u,
    isRight: (answer, n) =>
      near((at(n, 0) * at(n, 1) + answer * at(n, 2)) / (at(n, 0) + answer), at(n, 3)),
  },
  {
    pattern:
      /first raised by (\d+)% and then the new price was lowered by (\d+)%\. Now it costs (\d+) coins/u,
    isRight: (answer, n) => {
      const raised = answer + (answer * at(n, 0)) / 100;
      return near(raised - (raised * at(n, 1)) / 100, at(n, 2));
    },
  },
  {
    pattern:
      /group of (\d+) is chosen from (\d+) \w+ and (\d+) \w+\. How many different groups have exactly (\d+)/u,
    isRight: (answer, n) => {
      const [size, first, second, wanted] = n as readonly [number, number, number, number];
      const people = range(first + second - 1);
      return (
        answer ===
        countGroups(
          people,
          size,
          (group) => group.filter((person) => person < first).length === wanted,
        )
      );
    },
  },
  {
    pattern:
      /in rows of (\d+), some \w+ leave (\d+) over; put in rows of (\d+), they leave (\d+) over/u,
    isRight: (answer, n) => {
      const fits = (value: number) =>
        value % at(n, 0) === at(n, 1) && value % at(n, 2) === at(n, 3);
      return fits(answer) && !range(answer - 1).some(fits);
    },
  },
];

/** Solves problems in words by putting each option into the story, and equations by putting it into them. */
export const solveMath: Solver = (problem) => {
  const known = solveChance(problem) ?? solveEquation(problem);
  if (known !== undefined) return known;
  for (const { pattern, isRight } of readings) {
    const found = pattern.exec(problem.content);
    if (found === null) continue;
    const numbers = found.slice(1).map(Number);
    return rightOptions(
      problem,
      (option) => /^\d+$/u.test(option) && isRight(Number(option), numbers, problem.content),
    );
  }
  return undefined;
};

/** Counts the ordered pairs of two things taken from the bag. */
function solveChance(problem: Problem): readonly number[] | undefined {
  const found = /holds (\d+) red and (\d+) blue .+? of (the same colour|different colours)\?/u.exec(
    problem.content,
  );
  if (found === null) return undefined;
  const bag = [...Array(Number(found[1])).fill('red'), ...Array(Number(found[2])).fill('blue')];
  let [fitting, pairs] = [0, 0];
  bag.forEach((first, index) => {
    bag.forEach((second, other) => {
      if (index === other) return;
      pairs += 1;
      if ((first === second) === (found[3] === 'the same colour')) fitting += 1;
    });
  });
  const right = rightOptions(problem, (option) => {
    const [numerator, denominator] = option.split('/').map(Number);
    return near((numerator as number) / (denominator as number), fitting / pairs);
  });
  return right.length === 0 ? optionsEqualTo(problem, `${fitting}/${pairs}`) : right;
}

function countGroups(
  people: Numbers,
  size: number,
  fits: (group: Numbers) => boolean,
  group: Numbers = [],
): number {
  if (group.length === size) return fits(group) ? 1 : 0;
  return people.reduce(
    (sum, person, index) =>
      sum + countGroups(people.slice(index + 1), size, fits, [...group, person]),
    0,
  );
}
