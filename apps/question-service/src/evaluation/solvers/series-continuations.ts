/**
 * All values with which a series may go on, simplest explanations first: each inner list holds the values
 * that explanations of one complexity give. An explanation counts only if at least one term beyond those
 * that fix its parameters confirms it.
 */
export function seriesContinuations(terms: readonly number[]): number[][] {
  const levels = [
    [constantDifference, constantRatio],
    [
      polynomial(2),
      linearRecurrence,
      alternating,
      halves(constantDifference),
      alternatingOperations,
      sumOfPrevious(false),
    ],
    [
      polynomial(3),
      sumOfPrevious(true),
      periodicSteps(3),
      halves(constantRatio),
      halves(constantDifference, constantRatio),
    ],
    [halves(polynomial(2), constantDifference, constantRatio)],
  ];
  return levels.map((rules) => [
    ...new Set(rules.flatMap((rule) => rule(terms)).filter((value) => Number.isInteger(value))),
  ]);
}

type Rule = (terms: readonly number[]) => number[];

const differences = (terms: readonly number[]) =>
  terms.slice(1).map((term, index) => term - (terms[index] as number));
const areEqual = (values: readonly number[]) => values.every((value) => value === values[0]);

function constantDifference(terms: readonly number[]): number[] {
  const steps = differences(terms);
  return steps.length >= 2 && areEqual(steps)
    ? [(terms.at(-1) as number) + (steps[0] as number)]
    : [];
}

function constantRatio(terms: readonly number[]): number[] {
  const first = terms[0] as number;
  const second = terms[1] as number;
  if (terms.length < 3 || first === 0 || second === first) return [];
  const isRatio = terms
    .slice(1)
    .every((term, index) => term * first === (terms[index] as number) * second);
  return isRatio ? [((terms.at(-1) as number) * second) / first] : [];
}

/** Differences of the given order are constant; Newton's forward scheme gives the next term. */
function polynomial(order: number): Rule {
  return (terms) => {
    if (terms.length < order + 3) return [];
    const table = [terms];
    for (let depth = 0; depth < order; depth += 1)
      table.push(differences(table.at(-1) as readonly number[]));
    if (!areEqual(table.at(-1) as readonly number[])) return [];
    return [table.reduce((sum, line) => sum + (line.at(-1) as number), 0)];
  };
}

/** x' = a x + b with a fixed by the first three terms. */
function linearRecurrence(terms: readonly number[]): number[] {
  const steps = differences(terms);
  if (terms.length < 5 || steps[0] === 0) return [];
  const factor = (steps[1] as number) / (steps[0] as number);
  const plus = (terms[1] as number) - factor * (terms[0] as number);
  const next = (term: number) => factor * term + plus;
  const fits = terms
    .slice(1)
    .every((term, index) => Math.abs(next(terms[index] as number) - term) < 1e-6);
  return fits ? [Math.round(next(terms.at(-1) as number) * 1e6) / 1e6] : [];
}

function alternating(terms: readonly number[]): number[] {
  return terms.length < 6 ? [] : periodicSteps(2)(terms);
}

function periodicSteps(period: number): Rule {
  return (terms) => {
    const steps = differences(terms);
    if (steps.length < period + 2) return [];
    if (!steps.every((step, index) => index < period || step === steps[index - period])) return [];
    return [(terms.at(-1) as number) + (steps[steps.length - period] as number)];
  };
}

/** Two series take turns; each goes on by one of the rules. The one that is not asked must be explained too. */
function halves(...rules: readonly Rule[]): Rule {
  return (terms) => {
    const asked = terms.filter((_, index) => index % 2 === terms.length % 2);
    const other = terms.filter((_, index) => index % 2 !== terms.length % 2);
    if (asked.length < 4 || other.length < 4) return [];
    const explained = rules.some((rule) => rule(other).length > 0);
    return explained ? rules.flatMap((rule) => rule(asked)) : [];
  };
}

/** A multiplication and an addition take turns, either first. */
function alternatingOperations(terms: readonly number[]): number[] {
  if (terms.length < 6) return [];
  return [0, 1].flatMap((offset) => {
    const from = terms[offset] as number;
    const factor = (terms[offset + 1] as number) / from;
    const plus = (terms[2 - offset] as number) - (terms[1 - offset] as number);
    const next = (term: number, index: number) =>
      index % 2 === offset ? term * factor : term + plus;
    const fits = terms
      .slice(1)
      .every((term, index) => next(terms[index] as number, index) === term);
    return fits && factor !== 1 ? [next(terms.at(-1) as number, terms.length - 1)] : [];
  });
}

/** x'' = x' + x, with a constant on top where allowed. */
function sumOfPrevious(withConstant: boolean): Rule {
  return (terms) => {
    if (terms.length < 5) return [];
    const rests = terms
      .slice(2)
      .map((term, index) => term - (terms[index] as number) - (terms[index + 1] as number));
    if (!areEqual(rests) || (!withConstant && rests[0] !== 0)) return [];
    return [(terms.at(-1) as number) + (terms.at(-2) as number) + (rests[0] as number)];
  };
}
