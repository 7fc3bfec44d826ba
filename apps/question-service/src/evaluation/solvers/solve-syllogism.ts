import { rightOptions, type Solver } from './solver.ts';

const statementPattern = /^(All|No|Some) (\S+) are (not )?(\S+?)\.?$/u;

interface Quantified {
  readonly quantifier: string;
  readonly subject: string;
  readonly predicate: string;
}

/**
 * Goes through every way in which the regions of the Venn diagram can be empty or inhabited, keeps those
 * that agree with the premises and in which no group is empty, and asks which option holds in all of them.
 */
export const solveSyllogism: Solver = (problem) => {
  const premises = problem.content
    .split('\n')
    .map(parse)
    .filter((statement) => statement !== undefined);
  const options = problem.options.map(parse);
  if (premises.length < 2 || options.includes(undefined)) return undefined;
  const terms = [...new Set(premises.flatMap(({ subject, predicate }) => [subject, predicate]))];
  if (terms.length > 4) return undefined;

  const regions = 2 ** terms.length;
  const regionsOf = new Map(
    terms.map((term, bit) => {
      let mask = 0;
      for (let region = 0; region < regions; region += 1)
        if ((region >> bit) & 1) mask |= 1 << region;
      return [term, mask];
    }),
  );
  const holds = ({ quantifier, subject, predicate }: Quantified, inhabited: number) => {
    const inside = inhabited & (regionsOf.get(subject) ?? 0);
    const common = inside & (regionsOf.get(predicate) ?? 0);
    if (quantifier === 'All') return common === inside;
    if (quantifier === 'No') return common === 0;
    return quantifier === 'Some' ? common !== 0 : common !== inside;
  };

  const open = new Set(options.keys());
  let worlds = 0;
  for (let inhabited = 0; inhabited < 2 ** regions; inhabited += 1) {
    if (![...regionsOf.values()].every((mask) => (mask & inhabited) !== 0)) continue;
    if (!premises.every((premise) => holds(premise, inhabited))) continue;
    worlds += 1;
    for (const index of open)
      if (!holds(options[index] as Quantified, inhabited)) open.delete(index);
    if (open.size === 0) break;
  }
  return worlds === 0
    ? undefined
    : rightOptions(problem, (option) => open.has(problem.options.indexOf(option)));
};

function parse(line: string): Quantified | undefined {
  const found = statementPattern.exec(line.trim());
  if (found === null) return undefined;
  const [, quantifier, subject, not, predicate] = found as unknown as string[];
  return {
    quantifier: not ? `${quantifier} not` : (quantifier as string),
    subject: subject as string,
    predicate: predicate as string,
  };
}
