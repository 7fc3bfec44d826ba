import type { DifficultyLevel } from '../../../questions/question.ts';
import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';
import { numericDistractors } from '../numeric-distractors.ts';

interface Equation {
  readonly form: string;
  readonly content: string;
  readonly answer: number;
  /** Answers of typical mistakes. */
  readonly mistakes: readonly number[];
  readonly solution: string;
}

/** Algebra: the unknown on one side when easy, on both behind a bracket when medium, two unknowns when hard. */
export const equations: Family = {
  name: 'equations',
  weights: { easy: 1, medium: 1, hard: 1 },
  build(difficultyLevel, random) {
    const equation = builders[difficultyLevel](random);
    if (equation === undefined) return undefined;
    const { form, content, answer, mistakes, solution } = equation;
    return {
      spec: { form, content },
      content,
      key: String(answer),
      distractors: numericDistractors(answer, { mistakes, random }).map(String),
      explanation: `Answer: ${answer}, because ${solution}.`,
    };
  },
};

const builders: Record<DifficultyLevel, (random: Random) => Equation | undefined> = {
  easy: oneSide,
  medium: bothSides,
  hard: twoUnknowns,
};

function oneSide(random: Random): Equation | undefined {
  const [x, factor, constant] = [
    random.integer(2, 20),
    random.integer(2, 9),
    random.integer(2, 30),
  ] as const;
  const sign = random.pick([1, -1] as const);
  const result = factor * x + sign * constant;
  if (result < 1) return undefined;
  return {
    form: 'one-side',
    content: `For which number x is ${factor}x ${signed(sign * constant)} = ${result}?`,
    answer: x,
    // The constant moved without its sign, not moved at all, or the factor subtracted instead of divided by.
    mistakes: [(result + sign * constant) / factor, result / factor, factor * x - factor],
    solution: `${factor}x = ${result} ${signed(-sign * constant)} = ${factor * x} and ${factor * x} ÷ ${factor} = ${x}`,
  };
}

function bothSides(random: Random): Equation | undefined {
  const [x, inside, outside] = [
    random.integer(2, 15),
    random.integer(2, 9),
    random.integer(2, 6),
  ] as const;
  const factor = outside + random.integer(1, 5);
  const constant = factor * (x + inside) - outside * x;
  const difference = factor - outside;
  return {
    form: 'both-sides',
    content: `For which number x is ${factor}(x + ${inside}) = ${outside}x + ${constant}?`,
    answer: x,
    // The bracket multiplied in part, a sign lost on the way across, or the unknowns added.
    mistakes: [
      (constant - inside) / difference,
      (constant + factor * inside) / difference,
      (constant - factor * inside) / (factor + outside),
      constant - factor * inside,
    ],
    solution: `${factor}x + ${factor * inside} = ${outside}x + ${constant}, so ${difference === 1 ? '' : difference}x = ${constant - factor * inside} and x = ${x}`,
  };
}

function twoUnknowns(random: Random): Equation | undefined {
  const [x, y] = random.sample([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2) as [number, number];
  const [a, b, c] = [random.integer(2, 6), random.integer(2, 6), random.integer(2, 6)] as const;
  const second = c * x - y;
  if (second < 1) return undefined;
  const asked = random.pick([
    { text: 'x + y', value: x + y, other: x * y },
    { text: 'x × y', value: x * y, other: x + y },
  ]);
  const sum = a * x + b * y;
  return {
    form: 'two-unknowns',
    content: `Two numbers satisfy ${a}x + ${b}y = ${sum} and ${c}x − y = ${second}. What is ${asked.text}?`,
    answer: asked.value,
    // One unknown given for the answer, the other operation, or a difference for the sum.
    mistakes: [x, y, asked.other, Math.abs(x - y)],
    solution: `y = ${c}x − ${second} put into the first equation gives x = ${x}, so y = ${y} and ${asked.text} = ${asked.value}`,
  };
}

function signed(value: number): string {
  return value < 0 ? `− ${-value}` : `+ ${value}`;
}
