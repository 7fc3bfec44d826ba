import { categories } from '../../questions/lexicon-categories.ts';
import { relations } from '../../questions/lexicon-relations.ts';
import { meaningGroups } from '../../questions/lexicon-synonyms.ts';
import { type Problem, rightOptions, type Solver } from './solver.ts';

/**
 * What the lexicon says of words, turned round: from a word to its kinds and from a pair to its relations.
 * The lexicon is reference data of both sides, as a dictionary would be; the code that reads it is not shared.
 */
const kindsOf = new Map<string, Set<string>>();
const relationsOf = new Map<string, Set<string>>();

for (const { name, members } of categories) for (const word of members) note(kindsOf, word, name);
for (const { name, pairs } of relations) {
  for (const [left, right] of pairs) {
    note(relationsOf, `${left} : ${right}`, name);
    note(relationsOf, `${right} : ${left}`, `${name}, backwards`);
  }
}
for (const { words, opposites } of meaningGroups) {
  for (const first of [...words, ...opposites]) {
    for (const second of [...words, ...opposites]) {
      if (first === second) continue;
      const same = words.includes(first) === words.includes(second);
      note(relationsOf, `${first} : ${second}`, same ? 'same meaning' : 'opposite meaning');
    }
  }
}

/** Solves analogies, odd ones out, pairs, and questions of meaning, with the lexicon as its dictionary. */
export const solveVerbal: Solver = (problem) => {
  const { content } = problem;
  const quoted = [...content.matchAll(/“([^”]+)”/gu)].map((match) => match[1] as string);
  const [first] = quoted;
  if (/most nearly the (same|opposite)/u.test(content) && first !== undefined) {
    const wanted = content.includes('opposite') ? 'opposite meaning' : 'same meaning';
    return rightOptions(problem, (option) => related(first, option).has(wanted));
  }
  if (/^“.+” is to “.+” as “.+” is to/u.test(content)) return solveAnalogy(problem, quoted);
  const equation = /^(.+) : (.+) = (.+) : \?$/mu.exec(content);
  if (equation) return solveAnalogy(problem, equation.slice(1));
  if (/Which pair is the exception/u.test(content))
    return exceptions(problem, (pair) => relationsOf.get(pair));
  if (/Which word is the exception/u.test(content))
    return exceptions(problem, (word) => kindsOf.get(word));
  if (/related in the same way, and in the same order, as/u.test(content) && first !== undefined) {
    const wanted = relationsOf.get(first) ?? new Set();
    return rightOptions(problem, (option) => share(relationsOf.get(option), wanted));
  }
  return undefined;
};

function solveAnalogy(problem: Problem, words: readonly string[]): readonly number[] | undefined {
  const [a, b, c] = words as [string, string, string];
  const wanted = related(a, b);
  return wanted.size === 0
    ? undefined
    : rightOptions(problem, (option) => share(related(c, option), wanted));
}

/** The options without which all others have something in common that they lack. */
function exceptions(
  problem: Problem,
  traits: (option: string) => ReadonlySet<string> | undefined,
): readonly number[] | undefined {
  if (problem.options.some((option) => traits(option) === undefined)) return undefined;
  return rightOptions(problem, (option) => {
    const others = problem.options
      .filter((other) => other !== option)
      .map((other) => traits(other) as ReadonlySet<string>);
    const common = [...(others[0] as ReadonlySet<string>)].filter((trait) =>
      others.every((set) => set.has(trait)),
    );
    return common.length > 0 && common.some((trait) => !traits(option)?.has(trait));
  });
}

function related(first: string, second: string): ReadonlySet<string> {
  return relationsOf.get(`${first} : ${second}`) ?? new Set();
}

function share(some: ReadonlySet<string> | undefined, others: ReadonlySet<string>): boolean {
  return some !== undefined && [...some].some((value) => others.has(value));
}

function note(index: Map<string, Set<string>>, key: string, value: string): void {
  index.set(key, (index.get(key) ?? new Set()).add(value));
}
