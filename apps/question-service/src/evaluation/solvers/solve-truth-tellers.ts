import { rightOptions, type Solver } from './solver.ts';

/** Assigns "honest" or not to each person and keeps the assignments in which everybody speaks as he must. */
export const solveTruthTellers: Solver = (problem) => {
  const intro =
    /^Each of (.+) is either an? (.+?), who always tells the truth, or an? (.+?), who always lies/u.exec(
      problem.content,
    );
  if (intro === null) return undefined;
  const [, list, honestKind, falseKind] = intro as unknown as [string, string, string, string];
  const names = list.split(/, | and /u);
  const speeches = [...problem.content.matchAll(/^(\S+) says: “(.+)”$/gmu)].map((match) => ({
    speaker: match[1] as string,
    claim: match[2] as string,
  }));
  if (speeches.length === 0) return undefined;

  const worlds: string[][] = [];
  for (const honest of subsets(names)) {
    const truths = speeches.map(({ speaker, claim }) =>
      isSo(claim, { speaker, names, honest, honestKind, falseKind }),
    );
    if (truths.includes(undefined)) return undefined;
    if (speeches.every(({ speaker }, index) => truths[index] === honest.includes(speaker)))
      worlds.push(honest);
  }
  return rightOptions(problem, (option) => {
    const named =
      option === 'All of them'
        ? names
        : names.filter((name) => new RegExp(`\\b${name}\\b`, 'u').test(option));
    return worlds.some(
      (honest) => honest.length === named.length && honest.every((name) => named.includes(name)),
    );
  });
};

function isSo(
  claim: string,
  scene: {
    speaker: string;
    names: readonly string[];
    honest: readonly string[];
    honestKind: string;
    falseKind: string;
  },
): boolean | undefined {
  const { speaker, names, honest, honestKind, falseKind } = scene;
  const isHonest = (name: string) => honest.includes(name);
  const single = (text: string): boolean | undefined => {
    const match = /^(\S+) is an? (.+?)\.?$/u.exec(text);
    if (match === null) return undefined;
    if (match[2] === honestKind) return isHonest(match[1] as string);
    return match[2] === falseKind ? !isHonest(match[1] as string) : undefined;
  };
  if (/^At least one of us is an? /u.test(claim)) return honest.length < names.length;
  const same = /^(\S+) and I are of the same kind/u.exec(claim);
  if (same) return isHonest(same[1] as string) === isHonest(speaker);
  const different = /^(\S+) and (\S+) are of different kinds/u.exec(claim);
  if (different) return isHonest(different[1] as string) !== isHonest(different[2] as string);
  const one = /^Exactly one of (\S+) and (\S+) is an? /u.exec(claim);
  if (one) return isHonest(one[1] as string) !== isHonest(one[2] as string);
  const parts = claim.split(' or ').map(single);
  return parts.includes(undefined) ? undefined : parts.includes(true);
}

function subsets(names: readonly string[]): string[][] {
  return [...Array(2 ** names.length).keys()].map((chosen) =>
    names.filter((_, index) => (chosen >> index) & 1),
  );
}
