import { rightOptions, type Solver } from './solver.ts';

/** A claim that one of the literals holds; "not x" is written with a minus. */
type Clause = readonly string[];

/** Turns the statements into clauses and refutes the opposite of each option by splitting on unknown facts. */
export const solveConditional: Solver = (problem) => {
  const [intro, ...lines] = problem.content.split('\n');
  if (!/^All of these statements are true/iu.test(intro ?? '')) return undefined;
  const clauses = lines.filter((line) => !line.endsWith('?')).map(toClause);
  if (clauses.includes(undefined) || clauses.length === 0) return undefined;
  const known = clauses as Clause[];
  if (!isSatisfiable(known)) return undefined;
  return rightOptions(problem, (option) => !isSatisfiable([...known, [negate(toLiteral(option))]]));
};

function toClause(line: string): Clause | undefined {
  const sentence = line.trim().replace(/\.$/u, '');
  const either = /^Either (.+) or (.+), or both$/u.exec(sentence);
  if (either) return either.slice(1).map(toLiteral);
  const unless = /^Unless (.+), (.+)$/u.exec(sentence);
  if (unless) return unless.slice(1).map(toLiteral);
  const rule = /^If (.+), then (.+)$/u.exec(sentence);
  if (rule) {
    const conditions = (rule[1] as string)
      .split(' and ')
      .map((condition) => negate(toLiteral(condition)));
    return [...conditions, toLiteral(rule[2] as string)];
  }
  return / is /u.test(sentence) ? [toLiteral(sentence)] : undefined;
}

function toLiteral(clause: string): string {
  const text = clause.trim().replace(/\.$/u, '').toLowerCase();
  return text.includes(' is not ') ? `-${text.replace(' is not ', ' is ')}` : text;
}

function negate(literal: string): string {
  return literal.startsWith('-') ? literal.slice(1) : `-${literal}`;
}

function isSatisfiable(clauses: readonly Clause[]): boolean {
  if (clauses.length === 0) return true;
  if (clauses.some((clause) => clause.length === 0)) return false;
  const literal = (clauses.find((clause) => clause.length === 1) ??
    (clauses[0] as Clause))[0] as string;
  return [literal, negate(literal)].some((chosen) =>
    isSatisfiable(
      clauses
        .filter((clause) => !clause.includes(chosen))
        .map((clause) => clause.filter((other) => other !== negate(chosen))),
    ),
  );
}
