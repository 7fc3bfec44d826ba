import { type CandidateQuestion, normalizeText } from '../questions/question.ts';

/** Not where the word is a part of an analogy: “inquire : answer = buy : ?”. */
const announcements =
  /(?<!\p{L} : )\b(?:(?:correct |right )?(?:answer|solution)|(?:answer|correct) key)\s*(?:is|was|=|:)\s*(?!…|\?)\S/iu;
const marks = /\(correct\)|\[correct\]|✓|✔/iu;

/**
 * Whether a question gives its key away: it announces an answer, marks an option, states the key as a
 * sentence of its own, or, where the answer is a word, names the key and no other option.
 *
 * The stimulus of a memory item holds the answer by design, since it is hidden before the question: of such
 * items the question alone is read. Numbers and letters are no words: a key may well be among the givens.
 */
export function leaksAnswer(candidate: CandidateQuestion): boolean {
  const key = normalizeText(candidate.options[candidate.keyIndex] ?? '');
  const shown =
    candidate.type === 'memory'
      ? [candidate.content]
      : [candidate.stimulus ?? '', candidate.content];
  if (shown.some((text) => announcements.test(text))) return true;
  if ([...shown, ...candidate.options].some((text) => marks.test(text))) return true;

  const sentences = shown.flatMap((text) => text.split(/\n|(?<=[.!?])\s/u)).map(withoutStop);
  if (/\p{L}{3}/u.test(key) && sentences.includes(withoutStop(key))) return true;

  if (candidate.type !== 'verbal' && candidate.type !== 'memory') return false;
  if (!/^\p{L}[\p{L}\s-]{2,}$/u.test(key)) return false;
  const text = normalizeText(shown.join('\n'));
  const named = candidate.options.filter((option) => includesWord(text, normalizeText(option)));
  return named.length === 1 && normalizeText(named[0] as string) === key;
}

function withoutStop(text: string): string {
  return normalizeText(text).replace(/[.!?]+$/u, '');
}

function includesWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  if (at === -1) return false;
  const isLetter = (character: string | undefined) =>
    character !== undefined && /[\p{L}-]/u.test(character);
  return !isLetter(text[at - 1]) && !isLetter(text[at + word.length]);
}
