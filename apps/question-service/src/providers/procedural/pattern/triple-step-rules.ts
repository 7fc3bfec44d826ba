import type { Random } from '../../../questions/random.ts';
import type { Series, SeriesRule } from './series-rules.ts';

/** Three steps: rules that depend on several terms, or of two kinds at once. */
export const tripleStepRules: readonly SeriesRule[] = [
  sumOfTwo,
  interleavedMixed,
  cycleOfThree,
  alternatingOperations,
  growingGrowth,
];

function sumOfTwo(random: Random): Series {
  const plus = random.integer(0, 6);
  const terms = [random.integer(1, 12), random.integer(1, 15)];
  for (let index = 0; index < 6; index += 1) {
    terms.push((terms[index] as number) + (terms[index + 1] as number) + plus);
  }
  const [beforeLast, last, next] = terms.slice(5) as [number, number, number];
  return {
    rule: 'sum-of-two',
    shown: terms.slice(0, 7),
    next,
    mistakes: [
      last + beforeLast + (plus === 0 ? 1 : 0),
      last + (last - beforeLast),
      last * 2,
      next + plus + 1,
    ],
    because: `each term from the third on is the sum of the two before it${plus > 0 ? `, plus ${plus}` : ''}`,
  };
}

function interleavedMixed(random: Random): Series {
  const step = random.integer(3, 12);
  const firsts = [random.integer(10, 50), random.integer(1, 9)] as const;
  const ratio = random.integer(2, 3);
  const terms = Array.from({ length: 10 }, (_, index) => {
    const turn = Math.floor(index / 2);
    return index % 2 === 0 ? firsts[0] + step * turn : firsts[1] * ratio ** turn;
  });
  const shownCount = random.integer(8, 9);
  const next = terms[shownCount] as number;
  const last = terms[shownCount - 1] as number;
  const before = terms[shownCount - 2] as number;
  return {
    rule: 'interleaved-mixed',
    shown: terms.slice(0, shownCount),
    next,
    mistakes: [last + step, before + last, last * ratio, before + ratio, next + 1],
    because: `two series take turns: one adds ${step} each time, the other is multiplied by ${ratio}`,
  };
}

function cycleOfThree(random: Random): Series {
  const steps = [random.integer(3, 12), -random.integer(1, 6), random.integer(2, 9)] as const;
  if (steps[0] === steps[2]) return cycleOfThree(random);
  const terms = [random.integer(5, 40)];
  for (let index = 0; index < 9; index += 1)
    terms.push((terms[index] as number) + (steps[index % 3] as number));
  const shownCount = random.integer(8, 9);
  const next = terms[shownCount] as number;
  const last = terms[shownCount - 1] as number;
  return {
    rule: 'cycle-of-three',
    shown: terms.slice(0, shownCount),
    next,
    mistakes: [...steps.map((step) => last + step), next + 1, next - 2],
    because: `the steps repeat in threes: plus ${steps[0]}, minus ${-steps[1]}, plus ${steps[2]}`,
  };
}

function alternatingOperations(random: Random): Series {
  const plus = random.integer(1, 9);
  const timesFirst = random.next() < 0.5;
  const terms = [random.integer(2, 9)];
  for (let index = 0; index < 8; index += 1) {
    const term = terms[index] as number;
    terms.push((index % 2 === 0) === timesFirst ? term * 2 : term + plus);
  }
  const shownCount = 7;
  const next = terms[shownCount] as number;
  const last = terms[shownCount - 1] as number;
  return {
    rule: 'alternating-operations',
    shown: terms.slice(0, shownCount),
    next,
    mistakes: [
      timesFirst ? last * 2 : last + plus,
      last * 2 + plus,
      last + plus + 1,
      last * 2 - plus,
      last * 3,
    ],
    because: `doubling and adding ${plus} take turns`,
  };
}

function growingGrowth(random: Random): Series {
  const terms = [random.integer(1, 20)];
  let step = random.integer(1, 6);
  let growth = random.integer(1, 4);
  const acceleration = random.integer(1, 3);
  for (let index = 0; index < 7; index += 1) {
    terms.push((terms[index] as number) + step);
    step += growth;
    growth += acceleration;
  }
  const [last, next] = terms.slice(6) as [number, number];
  const lastStep = last - (terms[5] as number);
  const previousStep = (terms[5] as number) - (terms[4] as number);
  return {
    rule: 'growing-growth',
    shown: terms.slice(0, 7),
    next,
    mistakes: [last + lastStep, last + 2 * lastStep - previousStep, next + acceleration, next - 1],
    because: `the differences grow, and what they grow by itself grows by ${acceleration} each time`,
  };
}
