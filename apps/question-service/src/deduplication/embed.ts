import { createFeatureBlock, type FeatureBlock } from './feature-block.ts';
import type { EmbeddableQuestion } from './question-embedder.ts';
import { isGiven, type Token, tokenize, toSentences } from './tokenize.ts';

/** Name of the offline embedding; vectors of another model are never compared with its own. */
export const embeddingModel = 'hashed-features-v2';

/** Length of every vector of the offline embedding. */
export const embeddingDimensions = 256;

/** The text that stands for a question when it is embedded: stimulus, content and sorted options. */
export function embeddingText({ stimulus, content, options }: EmbeddableQuestion): string {
  return [stimulus ?? '', content, ...[...options].sort()].join('\n');
}

/**
 * Embeds a question offline: signed feature hashing into 256 dimensions, length 1.
 *
 * Four blocks of features share the vector:
 * - what is given: numbers, codes, directions and signs, and their order, above all where nothing stands
 *   between them. Other numbers are another question.
 * - how sentences hang together: each as a whole, and each pair that shares a name or a word. The same words
 *   in other relations are another question.
 * - words, pairs of them and their trigrams; function words and the vocabulary of instructions count little,
 *   so that a reworded question is the same one.
 * - options, in any order, but for those that are a name.
 *
 * The more is given, the less the words count; where little is given but words recur from sentence to
 * sentence, their relations do. First names and pictograms count by what is said of them, not by which they
 * are, so people and shapes may be renamed. There are no corpus statistics: the vector of a question never
 * changes. What it finds and what it misses is measured on the labelled pairs in `test/deduplication`.
 */
export function embed(question: EmbeddableQuestion): Float32Array {
  const { sentences, options } = renameShapes({
    sentences: [...toSentences(question.stimulus ?? ''), ...toSentences(question.content)],
    options: question.options.map(tokenize),
  });
  const shared = findShared([...sentences, ...options.filter(isSentence)]);
  const givenShare = Math.min(1, sentences.flat().filter(isGiven).length / weights.givensEnough);
  const sharedShare = Math.min(1, Math.max(0, shared.size - 1) / weights.sharedEnough);
  const relationShare = sharedShare * (1 - weights.givensBeforeRelations * givenShare);
  const wordShare = Math.max(0, 1 - givenShare - relationShare);

  const vector = new Float32Array(embeddingDimensions);
  givenFeatures(sentences).addTo(vector, weights.givens * givenShare);
  relationFeatures(sentences, shared).addTo(vector, weights.relations * relationShare);
  wordFeatures(sentences).addTo(vector, weights.words + weights.wordsAlone * wordShare);
  const optionMass = weights.options * (1 - weights.relationsInOptions * relationShare);
  optionFeatures(options).addTo(vector, optionMass);
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** Found by search on the part of the labelled pairs that is there to tune on. */
const weights = {
  /** Squared length of each block's share of the vector. */
  givens: 1.5,
  relations: 0.3,
  words: 0.2,
  wordsAlone: 0.7,
  options: 0.9,
  /** Tokens that are given, and names or words shared by sentences, from which a block has its full share. */
  givensEnough: 8,
  sharedEnough: 5,
  /** How much of the share of relations goes to what is given, where that has all of its own. */
  givensBeforeRelations: 0.5,
  /** How little options say where they only name again what the sentences relate. */
  relationsInOptions: 0.6,
  /** Features within their block. */
  direction: 0.3,
  nextGiven: 0.9,
  laterGiven: 0.8,
  givenRun: 1.5,
  sentence: 0.25,
  pairOfOne: 0.2,
  allOfOne: 1.4,
  weakWord: 0.14,
  name: 0.33,
  trigram: 0.06,
  wordPair: 0.1,
  optionToken: 0.23,
};

function givenFeatures(sentences: readonly Token[][]): FeatureBlock {
  const block = createFeatureBlock();
  for (const sentence of sentences) {
    let last: Token | undefined;
    sentence.forEach((token, at) => {
      if (!isGiven(token)) return;
      block.add(`1 ${token.text}`, token.kind === 'direction' ? weights.direction : 1);
      const weight = sentence[at - 1] === last ? weights.nextGiven : weights.laterGiven;
      if (last) block.add(`2 ${last.text} ${token.text}`, weight);
      last = token;
    });
  }
  // Series, spans and drawn figures: three in succession are one feature, over ends of lines, too.
  const tokens = sentences.flat();
  for (let at = 0; at + 3 <= tokens.length; at += 1) {
    const run = tokens.slice(at, at + 3);
    if (run.every(isGiven)) block.add(`3 ${toText(run)}`, weights.givenRun);
  }
  return block;
}

function relationFeatures(
  sentences: readonly Token[][],
  shared: ReadonlySet<string>,
): FeatureBlock {
  const block = createFeatureBlock();
  const views = new Map<string, string[]>();
  for (const sentence of sentences) {
    const linked = new Set(sentence.filter((token) => shared.has(keyOf(token))).map(keyOf));
    if (linked.size > 0) block.add(`s ${toText(sentence)}`, weights.sentence);
    for (const key of linked) {
      const view = sentence.map((token) => (keyOf(token) === key ? '*' : toText([token])));
      views.set(key, [...(views.get(key) ?? []), view.join(' ')]);
    }
  }
  for (const list of views.values()) {
    const sorted = list.sort();
    block.add(`l ${sorted.join(' & ')}`, weights.allOfOne);
    sorted.forEach((view, at) => {
      for (const other of sorted.slice(at + 1))
        block.add(`j ${view} & ${other}`, weights.pairOfOne);
    });
  }
  return block;
}

function wordFeatures(sentences: readonly Token[][]): FeatureBlock {
  const block = createFeatureBlock();
  for (const sentence of sentences) {
    for (const { kind, text } of sentence) {
      if (kind === 'weak') block.add(`1 ${text}`, weights.weakWord);
      if (kind === 'name') block.add('1 @', weights.name);
      if (kind !== 'word') continue;
      block.add(`1 ${text}`, 1);
      const padded = `^${text}$`;
      for (let at = 0; at + 3 <= padded.length; at += 1) {
        block.add(`t ${padded.slice(at, at + 3)}`, weights.trigram);
      }
    }
    const strong = sentence.filter((token) => token.kind !== 'weak' && !isGiven(token));
    strong.slice(1).forEach((token, at) => {
      block.add(`2 ${toText([strong[at] as Token, token])}`, weights.wordPair);
    });
  }
  return block;
}

function optionFeatures(options: readonly Token[][]): FeatureBlock {
  const block = createFeatureBlock();
  for (const option of options) {
    if (option.every(({ kind }) => kind === 'name')) continue;
    block.add(`o ${toText(option)}`, 1);
    if (option.length < 2) continue;
    for (const token of option) {
      block.add(`1 ${toText([token])}`, token.kind === 'weak' ? 0.05 : weights.optionToken);
    }
  }
  return block;
}

/** The tokens' text; a name is `@`, whoever is meant. */
function toText(tokens: readonly Token[]): string {
  return tokens.map(({ kind, text }) => (kind === 'name' ? '@' : text)).join(' ');
}

const keyOf = ({ kind, text }: Token): string => `${kind} ${text}`;

const isSentence = (tokens: readonly Token[]): boolean => tokens.length >= 3;

/** Names, and words that occur in more than one sentence, but for what is compared (`taller than`). */
function findShared(sentences: readonly (readonly Token[])[]): Set<string> {
  const counts = new Map<string, number>();
  const compared = new Set<string>();
  for (const sentence of sentences) {
    const keys = new Set<string>();
    sentence.forEach((token, at) => {
      if (token.kind !== 'name' && token.kind !== 'word') return;
      keys.add(keyOf(token));
      if (sentence[at + 1]?.text === 'than') compared.add(keyOf(token));
    });
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const found = [...counts].filter(([key, count]) => count > 1 && !compared.has(key));
  return new Set(found.map(([key]) => key));
}

interface Parts {
  readonly sentences: readonly Token[][];
  readonly options: readonly Token[][];
}

/**
 * Renames pictograms by the order of their first appearance before the options, whose order is by chance:
 * ■■□ and ●●○ are the same figure.
 */
function renameShapes({ sentences, options }: Parts): Parts {
  const signs = sentences.flat().filter(({ kind }) => kind === 'sign');
  const shapes = new Set(signs.flatMap(({ text }) => text.match(/\p{So}/gu) ?? []));
  const names = new Map([...shapes].map((shape, at) => [shape, String.fromCodePoint(0x2460 + at)]));
  const rename = (token: Token): Token =>
    token.kind === 'sign'
      ? { ...token, text: token.text.replace(/\p{So}/gu, (shape) => names.get(shape) ?? '#') }
      : token;
  return {
    sentences: sentences.map((sentence) => sentence.map(rename)),
    options: options.map((option) => option.map(rename)),
  };
}
