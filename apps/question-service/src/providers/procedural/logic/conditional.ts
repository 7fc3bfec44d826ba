import type { DifficultyLevel } from '../../../questions/question.ts';
import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';
import { facts } from './logic-lexicon.ts';

interface Literal {
  readonly atom: number;
  readonly positive: boolean;
}

interface Premise {
  readonly kind: 'fact' | 'if' | 'if-both' | 'or' | 'unless';
  readonly literals: readonly Literal[];
}

const settings = {
  easy: { atoms: 4, premises: 3, support: 2, kinds: ['if'] },
  medium: { atoms: 5, premises: 4, support: 3, kinds: ['if', 'if', 'or'] },
  hard: { atoms: 5, premises: 5, support: 4, kinds: ['if', 'or', 'if-both', 'unless'] },
} as const satisfies Record<DifficultyLevel, unknown>;

/** Rules and a fact; the key needs as many of the premises together as the difficulty says, and no fewer. */
export const conditional: Family = {
  name: 'conditional',
  weights: { easy: 3, medium: 3, hard: 3 },
  build(difficultyLevel, random) {
    const setting = settings[difficultyLevel];
    for (let draw = 0; draw < 60; draw += 1) {
      const premises = drawPremises(setting, random);
      const worlds = worldsOf(premises, setting.atoms);
      if (worlds.length === 0) continue;
      const literals = Array.from({ length: setting.atoms * 2 }, (_, index) => ({
        atom: index >> 1,
        positive: index % 2 === 0,
      }));
      // An option about something the statements never name is no temptation.
      const named = new Set(
        premises.flatMap((premise) => premise.literals.map(({ atom }) => atom)),
      );
      const open = literals.filter(
        (literal) => named.has(literal.atom) && !worlds.every((world) => isTrue(literal, world)),
      );
      const keys = literals.filter(
        (literal) =>
          worlds.every((world) => isTrue(literal, world)) &&
          supportOf(literal, premises, setting.atoms) === setting.support,
      );
      if (keys.length === 0 || open.length < 4) continue;
      return toItem({ key: random.pick(keys), premises, open, worlds }, setting.atoms, random);
    }
    return undefined;
  },
};

function toItem(
  puzzle: {
    key: Literal;
    premises: readonly Premise[];
    open: readonly Literal[];
    worlds: readonly number[];
  },
  atomCount: number,
  random: Random,
) {
  const words = random.sample(facts, atomCount);
  const say = ({ atom, positive }: Literal) => {
    const [subject, state] = words[atom] as readonly [string, string];
    return `${subject} is ${positive ? '' : 'not '}${state}`;
  };
  const statements = random.shuffle(puzzle.premises).map((premise) => sentence(premise, say));
  return {
    spec: { premises: puzzle.premises, words },
    content: `All of these statements are true:\n${statements.join('\n')}\nWhich of the following must be true as well?`,
    key: asSentence(say(puzzle.key)),
    distractors: random.shuffle(puzzle.open).map((literal) => asSentence(say(literal))),
    explanation: `Follow the statements from the known fact on, rule by rule: ${say(puzzle.key)} in every case that agrees with all of them. Each other option is false in at least one such case.`,
  };
}

function sentence({ kind, literals }: Premise, say: (literal: Literal) => string): string {
  const [first, second, third] = literals.map(say);
  if (kind === 'fact') return asSentence(first as string);
  if (kind === 'if') return `If ${first}, then ${second}.`;
  if (kind === 'or') return `Either ${first} or ${second}, or both.`;
  if (kind === 'unless') return `Unless ${first}, ${second}.`;
  return `If ${first} and ${second}, then ${third}.`;
}

function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

function drawPremises(
  setting: {
    readonly atoms: number;
    readonly premises: number;
    readonly kinds: readonly Premise['kind'][];
  },
  random: Random,
): Premise[] {
  const literal = (atom: number): Literal => ({ atom, positive: random.next() < 0.65 });
  const rules = Array.from({ length: setting.premises - 1 }, () => {
    const kind = random.pick(setting.kinds);
    const atoms = random.sample([...Array(setting.atoms).keys()], kind === 'if-both' ? 3 : 2);
    const literals = atoms.map(literal);
    // "Unless x is not …" is a double negation: it would test reading, not reasoning.
    const plain = { atom: atoms[0] as number, positive: true };
    return { kind, literals: kind === 'unless' ? literals.with(0, plain) : literals };
  });
  return [{ kind: 'fact', literals: [literal(random.integer(0, setting.atoms - 1))] }, ...rules];
}

function isTrue({ atom, positive }: Literal, world: number): boolean {
  return ((world >> atom) & 1) === (positive ? 1 : 0);
}

function holds({ kind, literals }: Premise, world: number): boolean {
  const [first, second, third] = literals.map((literal) => isTrue(literal, world));
  if (kind === 'fact') return first === true;
  if (kind === 'if') return !first || second === true;
  if (kind === 'if-both') return !(first && second) || third === true;
  return first === true || second === true;
}

function worldsOf(premises: readonly Premise[], atomCount: number): number[] {
  return [...Array(2 ** atomCount).keys()].filter((world) =>
    premises.every((premise) => holds(premise, world)),
  );
}

/** The least number of premises that force the literal. */
function supportOf(literal: Literal, premises: readonly Premise[], atomCount: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let subset = 1; subset < 2 ** premises.length; subset += 1) {
    const chosen = premises.filter((_, index) => (subset >> index) & 1);
    if (
      chosen.length < least &&
      worldsOf(chosen, atomCount).every((world) => isTrue(literal, world))
    ) {
      least = chosen.length;
    }
  }
  return least;
}
