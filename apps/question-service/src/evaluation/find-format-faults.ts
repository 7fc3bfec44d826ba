import {
  type CandidateQuestion,
  candidateQuestionSchema,
  normalizeText,
} from '../questions/question.ts';

const placeholders =
  /\{\{|\}\}|\$\{|\bundefined\b|\bNaN\b|\[object |\blorem ipsum\b|\bTODO\b|\[(?:insert|your|name)\b/iu;
const emptyOptions = /^(?:all|none|both) of the above$|^(?:option )?[a-f]$/iu;

/**
 * Lists what makes a question unfit to be shown, whatever it asks: breach of the schema, equal options,
 * placeholders, a memory item without a stimulus. An empty list is a well-formed question.
 */
export function findFormatFaults(candidate: CandidateQuestion): string[] {
  const parsed = candidateQuestionSchema.safeParse(candidate);
  if (!parsed.success) {
    return parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'question'}: ${issue.message}`,
    );
  }
  const faults: string[] = [];
  const options = candidate.options.map(normalizeText);
  if (new Set(options).size < options.length) faults.push('options: two of them are equal');
  const texts = [
    candidate.content,
    candidate.stimulus ?? '',
    candidate.explanation,
    ...candidate.options,
  ];
  if (texts.some((text) => placeholders.test(text))) faults.push('text: holds a placeholder');
  if (candidate.type === 'memory' && candidate.stimulus === undefined)
    faults.push('stimulus: a memory item needs one');
  return faults;
}

/**
 * How well the options are set, 0..1: loses a third each for options of very unequal length, for a key that is
 * much longer than every other option, and for options that are empty of content ("all of the above").
 */
export function formattingScore(candidate: CandidateQuestion): number {
  const lengths = candidate.options.map((option) => option.length);
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  const key = lengths[candidate.keyIndex] ?? 0;
  const others = lengths.filter((_, index) => index !== candidate.keyIndex);
  const unequal = longest > 40 && longest > shortest * 4;
  const telling = key > 20 && key > 1.8 * Math.max(...others);
  const hollow = candidate.options.some(
    (option) => emptyOptions.test(option.trim()) && option.trim().length > 1,
  );
  return 1 - [unequal, telling, hollow].filter(Boolean).length / 3;
}
