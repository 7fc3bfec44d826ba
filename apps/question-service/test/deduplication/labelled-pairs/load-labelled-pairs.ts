import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  type CandidateQuestion,
  type QuestionType,
  questionTypes,
} from '../../../src/questions/question.ts';

/** Kinds of pairs whose second question is the first one again. */
export const sameKinds = ['reworded', 'renamed', 'reordered'] as const;

/** Kinds of pairs whose second question is another one. */
export const otherKinds = ['otherNumbers', 'unrelated'] as const;

export const pairKinds = [...sameKinds, ...otherKinds] as const;
export type PairKind = (typeof pairKinds)[number];

export type QuestionText = Pick<CandidateQuestion, 'stimulus' | 'content' | 'options'>;

export interface LabelledPair {
  readonly type: QuestionType;
  readonly kind: PairKind;
  /** Whether the two are one question. */
  readonly same: boolean;
  /** `tune`: looked at while the embedding was made; `heldOut`: for measuring alone. */
  readonly part: 'tune' | 'heldOut';
  readonly first: QuestionText;
  readonly second: QuestionText;
}

const question = z.strictObject({
  stimulus: z.string().min(1).exactOptional(),
  content: z.string().min(1),
  options: z.array(z.string().min(1)).min(4).max(6),
});
const group = z.strictObject({
  base: question,
  reworded: question,
  renamed: question,
  reordered: question,
  otherNumbers: question,
  unrelated: question,
});

/** Reads the 300 labelled pairs: ten groups a type, of which the second, fourth ... are held out. */
export function loadLabelledPairs(): LabelledPair[] {
  return questionTypes.flatMap((type) => {
    const lines = readFileSync(new URL(`${type}.jsonl`, import.meta.url), 'utf8')
      .trim()
      .split('\n');
    return lines.flatMap((line, index) => {
      const { base, ...variants } = group.parse(JSON.parse(line));
      return pairKinds.map((kind) => ({
        type,
        kind,
        same: (sameKinds as readonly string[]).includes(kind),
        part: index % 2 === 0 ? ('tune' as const) : ('heldOut' as const),
        first: base,
        second: variants[kind],
      }));
    });
  });
}
