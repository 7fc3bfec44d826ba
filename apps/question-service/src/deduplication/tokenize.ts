import { firstNames } from '../questions/first-names.ts';
import { directionWords, weakWords } from './weak-words.ts';

/**
 * A piece of a question's text. Numbers, codes, directions and signs are what is given; words say what it
 * is about; weak words how it is asked; names stand for anybody.
 */
export interface Token {
  readonly kind: 'number' | 'code' | 'direction' | 'sign' | 'word' | 'weak' | 'name';
  readonly text: string;
}

const givenKinds: ReadonlySet<Token['kind']> = new Set([
  'number',
  'code',
  'direction',
  'sign',
] as const);

export const isGiven = (token: Token): boolean => givenKinds.has(token.kind);

const tokenPattern = /\p{L}*\d[\p{L}\d.]*|\p{L}[\p{L}'’-]*|[^\s\p{L}\d.,;:!?"“”'’|/()…]+/gu;

/** Splits a text into sentences, and these into tokens; lines and what follows `;` or `:` are sentences, too. */
export function toSentences(text: string): Token[][] {
  return text
    .split(/\n|(?<=[.!?:;])\s+/u)
    .map(tokenize)
    .filter((tokens) => tokens.length > 0);
}

export function tokenize(text: string): Token[] {
  return (text.normalize('NFKC').match(tokenPattern) ?? []).map(toToken);
}

function toToken(raw: string): Token {
  const text = raw.toLowerCase().replace(/[.'’-]+$/u, '');
  if (/^\d+(\.\d+)?$/u.test(text)) return { kind: 'number', text };
  if (/\d/u.test(text)) return { kind: 'code', text };
  if (!/\p{L}/u.test(text)) return { kind: 'sign', text };
  const number = numberWords.get(text);
  if (number !== undefined) return { kind: 'number', text: number };
  if (directionWords.has(text)) return { kind: 'direction', text };
  const owner = raw.replace(/['’]s$/u, '');
  if (names.has(owner)) return { kind: 'name', text: owner };
  if (/^\p{Lu}{1,3}$/u.test(raw) && !capitalWords.has(raw)) return { kind: 'code', text };
  return weakWords.has(text) ? { kind: 'weak', text } : { kind: 'word', text: stem(text) };
}

const names = new Set(firstNames);

/** Words of one capital letter. Others of a few capitals are codes. */
const capitalWords = new Set(['A', 'I']);

const numberWords = new Map(
  'two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, index) => [word, String(index + 2)]),
);

function stem(word: string): string {
  if (word.length < 4) return word;
  return word
    .replace(/['’]s$/u, '')
    .replace(/(?:ies|y)$/u, 'i')
    .replace(/(?:ing|ed|es|s|e)$/u, '');
}
