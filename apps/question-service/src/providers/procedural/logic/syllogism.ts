import type { Random } from '../../../questions/random.ts';
import type { Family } from '../family.ts';
import { groups } from './logic-lexicon.ts';

/** a: all are, e: no are, i: some are, o: some are not. */
type Form = 'a' | 'e' | 'i' | 'o';

interface Statement {
  readonly form: Form;
  readonly subject: number;
  readonly predicate: number;
}

/** The 24 valid moods by figure: major, minor, conclusion; every group has members, as the text says. */
const validMoods: readonly (readonly string[])[] = [
  ['aaa', 'eae', 'aii', 'eio', 'aai', 'eao'],
  ['eae', 'aee', 'eio', 'aoo', 'eao', 'aeo'],
  ['aii', 'iai', 'oao', 'eio', 'aai', 'eao'],
  ['aee', 'iai', 'eio', 'aai', 'eao', 'aeo'],
];

const wording: Record<Form, (subject: string, predicate: string) => string> = {
  a: (subject, predicate) => `All ${subject} are ${predicate}.`,
  e: (subject, predicate) => `No ${subject} are ${predicate}.`,
  i: (subject, predicate) => `Some ${subject} are ${predicate}.`,
  o: (subject, predicate) => `Some ${subject} are not ${predicate}.`,
};
const strength: Record<Form, number> = { a: 2, e: 2, i: 1, o: 1 };

/** Quantified premises about groups of people; what follows from them is found by the moods of Aristotle. */
export const syllogism: Family = {
  name: 'syllogism',
  weights: { easy: 3, medium: 3, hard: 3 },
  build(difficultyLevel, random) {
    const termCount = difficultyLevel === 'hard' ? 4 : 3;
    const premises = drawPremises(difficultyLevel, random);
    const closure = deriveAll(premises, termCount);
    if (closure === undefined) return undefined;
    const last = termCount - 1;
    const ends = allForms.flatMap((form) => [
      { form, subject: 0, predicate: last },
      { form, subject: last, predicate: 0 },
    ]);
    const follows = ends.filter((statement) => closure.has(id(statement)));
    if (follows.length === 0) return undefined;
    const strongest = Math.max(...follows.map(({ form }) => strength[form]));
    const key = random.pick(follows.filter(({ form }) => strength[form] === strongest));
    const wrong = random.shuffle(ends.filter((statement) => !closure.has(id(statement))));
    const nouns = random.sample(groups, termCount);
    const say = ({ form, subject, predicate }: Statement) =>
      wording[form](nouns[subject] as string, nouns[predicate] as string);
    const stated = difficultyLevel === 'easy' ? premises : random.shuffle(premises);
    return {
      spec: { premises, nouns },
      content: `In a town, each of the groups named below has at least one member.\n${stated.map(say).join('\n')}\nWhich statement must be true?`,
      key: say(key),
      distractors: wrong.map(say),
      explanation: `Taken together, the statements leave no other possibility: ${say(key)} Each of the other options is false in at least one town that fits the statements.`,
    };
  },
};

const allForms: readonly Form[] = ['a', 'e', 'i', 'o'];
const id = ({ form, subject, predicate }: Statement) => `${form}${subject}${predicate}`;

function drawPremises(difficultyLevel: 'easy' | 'medium' | 'hard', random: Random): Statement[] {
  if (difficultyLevel === 'easy') {
    const [first, second] = random.pick([
      ['a', 'a'],
      ['a', 'e'],
      ['i', 'a'],
      ['i', 'e'],
    ] as const);
    return [
      { form: first, subject: 0, predicate: 1 },
      { form: second, subject: 1, predicate: 2 },
    ];
  }
  const count = difficultyLevel === 'medium' ? 2 : 3;
  return Array.from({ length: count }, (_, index) => {
    const turned = random.next() < 0.5;
    return {
      form: random.pick(allForms),
      subject: turned ? index + 1 : index,
      predicate: turned ? index : index + 1,
    };
  });
}

/** Everything that follows, by conversion, subalternation and the moods; undefined when the premises contradict. */
function deriveAll(
  premises: readonly Statement[],
  termCount: number,
): ReadonlySet<string> | undefined {
  const known = new Map<string, Statement>();
  const queue = [...premises];
  while (queue.length > 0) {
    const statement = queue.pop() as Statement;
    if (known.has(id(statement))) continue;
    known.set(id(statement), statement);
    queue.push(...immediate(statement));
    for (const other of known.values())
      queue.push(...conclude(statement, other), ...conclude(other, statement));
  }
  const contradicted = [...known.values()].some(({ form, subject, predicate }) =>
    subject === predicate
      ? form === 'e' || form === 'o'
      : known.has(id({ form: contradictory[form], subject, predicate })),
  );
  return contradicted || termCount < 3 ? undefined : new Set(known.keys());
}

const contradictory: Record<Form, Form> = { a: 'o', e: 'i', i: 'e', o: 'a' };

function immediate({ form, subject, predicate }: Statement): Statement[] {
  const turned = { subject: predicate, predicate: subject };
  if (form === 'a') return [{ form: 'i', subject, predicate }];
  if (form === 'e')
    return [
      { form: 'e', ...turned },
      { form: 'o', subject, predicate },
    ];
  return form === 'i' ? [{ form: 'i', ...turned }] : [];
}

function conclude(major: Statement, minor: Statement): Statement[] {
  const concluded: Statement[] = [];
  const figures = [
    [major.subject === minor.predicate, minor.subject, major.predicate],
    [major.predicate === minor.predicate, minor.subject, major.subject],
    [major.subject === minor.subject, minor.predicate, major.predicate],
    [major.predicate === minor.subject, minor.predicate, major.subject],
  ] as const;
  figures.forEach(([joined, subject, predicate], figure) => {
    if (!joined) return;
    for (const mood of validMoods[figure] as readonly string[]) {
      if (mood.startsWith(major.form + minor.form)) {
        concluded.push({ form: mood[2] as Form, subject, predicate });
      }
    }
  });
  return concluded;
}
