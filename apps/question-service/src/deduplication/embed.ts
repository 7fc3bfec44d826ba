import { firstNames } from '../questions/first-names.ts';
import type { CandidateQuestion } from '../questions/question.ts';
import { directionWords, weakWords } from './weak-words.ts';

/** Name of the offline embedding; vectors of another model are never compared with its own. */
export const embeddingModel = 'hashed-ngrams-v1';

/** Length of every vector of the offline embedding. */
export const embeddingDimensions = 256;

/** The text that stands for a question when it is embedded: stimulus, content and sorted options. */
export function embeddingText(
  candidate: Pick<CandidateQuestion, 'stimulus' | 'content' | 'options'>,
): string {
  return [candidate.stimulus ?? '', candidate.content, ...[...candidate.options].sort()].join('\n');
}

/**
 * Embeds a text offline: signed feature hashing into 256 dimensions, length 1 (all zero for empty text).
 *
 * Features are tokens, pairs of tokens of one sentence next to each other and three apart, the character
 * trigrams of words, and runs of three signs. Numbers, codes, directions and symbols weigh most, so the same template with other numbers is another question;
 * function words and the vocabulary of instructions weigh little, so a reworded question is the same one.
 * First names count by what is said of them, not by what they are called. There are no corpus statistics:
 * the vector of a text never changes.
 *
 * @see Weinberger et al. (2009), Feature Hashing for Large Scale Multitask Learning, ICML.
 */
export function embed(text: string): Float32Array {
  const counts = new Map<string, { weight: number; count: number }>();
  const count = (feature: string, weight: number) => {
    const seen = counts.get(feature);
    if (seen) seen.count += 1;
    else counts.set(feature, { weight, count: 1 });
  };
  const sentences = text
    .normalize('NFKC')
    .split(/\n|(?<=[.!?:;])\s+/u)
    .map(tokenize);
  const renamed = nameByContext(sentences);
  for (const tokens of renamed) addFeatures(tokens, count);
  addRuns(renamed.flat(), count);

  const vector = new Float32Array(embeddingDimensions);
  for (const [feature, { weight, count: times }] of counts) {
    const hash = fnv1a(feature);
    const at = hash % embeddingDimensions;
    const signed = (hash >>> 16) & 1 ? weight : -weight;
    vector[at] = (vector[at] as number) + signed * Math.sqrt(times);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

interface Token {
  readonly kind: 'number' | 'code' | 'symbol' | 'word' | 'weak' | 'name';
  readonly text: string;
}

const featureWeights: Record<Token['kind'], number> = {
  number: 2,
  code: 2,
  symbol: 1,
  word: 1,
  weak: 0.1,
  name: 0.2,
};

const names = new Set(firstNames);
const tokenPattern = /\p{L}*\d[\p{L}\d.]*|\p{L}[\p{L}'’-]*|[^\s\p{L}\d.,;:!?"“”'’|/()]+/gu;

function tokenize(sentence: string): Token[] {
  return (sentence.match(tokenPattern) ?? []).map((raw): Token => {
    const text = raw.toLowerCase().replace(/[.'’-]+$/u, '');
    if (/^\d+(\.\d+)?$/u.test(text)) return { kind: 'number', text };
    if (/\d/u.test(text)) return { kind: 'code', text };
    if (!/\p{L}/u.test(text)) return { kind: 'symbol', text };
    if (directionWords.has(text)) return { kind: 'code', text };
    if (names.has(raw)) return { kind: 'name', text: raw };
    if (weakWords.has(text) && !/^\p{Lu}$/u.test(raw)) return { kind: 'weak', text };
    return /^\p{Lu}{1,3}$/u.test(raw) ? { kind: 'code', text } : { kind: 'word', text: stem(text) };
  });
}

function stem(word: string): string {
  if (word.length < 5) return word;
  return word.replace(/(?:ies|y)$/u, 'i').replace(/(?:ing|ed|es|s|e)$/u, '');
}

/** Gives each name the word before and after it wherever it stands, so that people may be renamed and premises reordered. */
function nameByContext(sentences: readonly Token[][]): Token[][] {
  const contexts = new Map<string, string[]>();
  for (const tokens of sentences) {
    tokens.forEach((token, index) => {
      if (token.kind !== 'name') return;
      const near = [tokens[index - 1], tokens[index + 1], tokens[index + 2]];
      const context = near
        .map((neighbour) => (neighbour && neighbour.kind !== 'name' ? neighbour.text : ''))
        .join('~');
      contexts.set(token.text, [...(contexts.get(token.text) ?? []), context]);
    });
  }
  const labels = new Map<string, string>();
  for (const [name, found] of contexts) labels.set(name, `@${fnv1a(found.sort().join('&'))}`);
  return sentences.map((tokens) =>
    tokens.map((token) =>
      token.kind === 'name' ? { ...token, text: labels.get(token.text) as string } : token,
    ),
  );
}

function addFeatures(
  tokens: readonly Token[],
  count: (feature: string, weight: number) => void,
): void {
  const strong = tokens.filter(({ kind }) => kind !== 'weak');
  for (const { kind, text } of tokens) count(`1 ${text}`, featureWeights[kind]);
  let previous: Token | undefined;
  strong.forEach((token, index) => {
    if (token.kind === 'word') {
      const padded = `^${token.text}$`;
      for (let at = 0; at + 3 <= padded.length; at += 1)
        count(`3 ${padded.slice(at, at + 3)}`, 0.15);
    }
    if (previous) count(`2 ${previous.text} ${token.text}`, pairWeight(previous, token));
    const third = strong[index + 3];
    if (third) count(`4 ${token.text} ${third.text}`, 0.4);
    previous = token;
  });
}

/** Series, spans and drawn figures: three signs in succession are one feature, over words and ends of lines. */
function addRuns(tokens: readonly Token[], count: (feature: string, weight: number) => void): void {
  const signs = tokens.filter(({ kind }) => signKinds.has(kind));
  for (let index = 2; index < signs.length; index += 1) {
    const [first, second, third] = signs.slice(index - 2, index + 1) as [Token, Token, Token];
    count(`5 ${first.text} ${second.text} ${third.text}`, 2);
  }
}

const signKinds: ReadonlySet<Token['kind']> = new Set(['symbol', 'number', 'code'] as const);

function pairWeight(first: Token, second: Token): number {
  if (first.kind === 'name' && second.kind === 'name') return 1;
  const kinds = [first.kind, second.kind];
  if (kinds.includes('word') || kinds.includes('name')) return 0.4;
  return 1.2;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // The multiplication leaves the low bits of short texts close together: they are mixed once more.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
