import type { Random } from '../../../questions/random.ts';

/** A series with its continuation and the wrong continuations people give. */
export interface Series {
  readonly rule: string;
  readonly shown: readonly number[];
  readonly next: number;
  readonly mistakes: readonly number[];
  /** The rule in words, from "each term" on. */
  readonly because: string;
}

export type SeriesRule = (random: Random) => Series;

/** One step of reasoning: one rule holds from each term to the next. */
export const singleStepRules: readonly SeriesRule[] = [
  arithmetic,
  arithmetic,
  arithmetic,
  geometric,
];
/** Two steps: a rule for the rule, or two rules that take turns. */
export const doubleStepRules: readonly SeriesRule[] = [
  growingStep,
  alternatingSteps,
  interleaved,
  multiplyAdd,
];

function arithmetic(random: Random): Series {
  const step = random.integer(3, 19) * random.pick([1, 1, -1]);
  const start = random.integer(2, 60) + (step < 0 ? -6 * step : 0);
  const shown = Array.from({ length: 5 }, (_, index) => start + index * step);
  const next = start + 5 * step;
  return {
    rule: 'arithmetic',
    shown,
    next,
    mistakes: [next + step, next - 1, next + 1, next + (step > 0 ? 2 : -2)],
    because:
      step > 0
        ? `each term is ${step} more than the one before`
        : `each term is ${-step} less than the one before`,
  };
}

function geometric(random: Random): Series {
  const ratio = random.integer(2, 3);
  const start = random.integer(1, ratio === 2 ? 25 : 12);
  const shown = Array.from({ length: 5 }, (_, index) => start * ratio ** index);
  const last = shown[4] as number;
  const next = last * ratio;
  return {
    rule: 'geometric',
    shown,
    next,
    mistakes: [
      last + (last - (shown[3] as number)),
      next + ratio,
      last * (ratio + 1),
      next - start,
    ],
    because: `each term is ${ratio} times the one before`,
  };
}

function growingStep(random: Random): Series {
  const growth = random.integer(1, 5);
  const firstStep = random.integer(1, 9);
  const terms = [random.integer(1, 30)];
  for (let index = 0; index < 6; index += 1)
    terms.push((terms[index] as number) + firstStep + growth * index);
  const next = terms[6] as number;
  const lastStep = firstStep + growth * 4;
  return {
    rule: 'growing-step',
    shown: terms.slice(0, 6),
    next,
    mistakes: [(terms[5] as number) + lastStep, next + growth, next - 1, next + 1],
    because: `the difference between neighbours starts at ${firstStep} and grows by ${growth} each time`,
  };
}

function alternatingSteps(random: Random): Series {
  const up = random.integer(4, 15);
  const down = -random.integer(1, up - 2);
  const start = random.integer(5, 50);
  const terms = [start];
  for (let index = 0; index < 7; index += 1)
    terms.push((terms[index] as number) + (index % 2 === 0 ? up : down));
  const next = terms[7] as number;
  const last = terms[6] as number;
  return {
    rule: 'alternating-steps',
    shown: terms.slice(0, 7),
    next,
    mistakes: [last + down, last + up + down, next + 1, last - up],
    because: `the steps take turns: plus ${up}, then minus ${-down}`,
  };
}

function interleaved(random: Random): Series {
  const steps = [random.integer(2, 9), random.integer(2, 9) * random.pick([1, -1])] as const;
  const starts = [random.integer(1, 40), random.integer(40, 80)] as const;
  const terms = Array.from({ length: 9 }, (_, index) => {
    const row = index % 2 === 0 ? 0 : 1;
    return starts[row] + steps[row] * Math.floor(index / 2);
  });
  const next = terms[8] as number;
  return {
    rule: 'interleaved',
    shown: terms.slice(0, 8),
    next,
    mistakes: [
      (terms[7] as number) + steps[1],
      (terms[6] as number) + steps[1],
      (terms[7] as number) + steps[0],
      next + 1,
    ],
    because: `two series take turns: the 1st, 3rd, 5th … term changes by ${steps[0]}, the 2nd, 4th, 6th … by ${steps[1]}`,
  };
}

function multiplyAdd(random: Random): Series {
  const factor = random.integer(2, 3);
  const plus = random.integer(1, 9) * (factor === 3 ? random.pick([1, -1]) : 1);
  const start = random.integer(plus < 0 ? -plus : 1, 14) + (plus < 0 ? 1 : 0);
  const terms = [start];
  for (let index = 0; index < 6; index += 1) terms.push((terms[index] as number) * factor + plus);
  const next = terms[5] as number;
  const last = terms[4] as number;
  return {
    rule: 'multiply-add',
    shown: terms.slice(0, 5),
    next,
    mistakes: [
      last * factor,
      last * factor - plus,
      last + (last - (terms[3] as number)),
      next + factor,
    ],
    because: `each term is ${factor} times the one before, ${plus > 0 ? `plus ${plus}` : `minus ${-plus}`}`,
  };
}
