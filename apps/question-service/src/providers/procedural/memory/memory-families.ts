import type { Family } from '../family.ts';
import { letterGrid, ownership } from './bindings.ts';
import { digitSpan, letterStream, mixedSpan, wordList } from './sequences.ts';

/** Spans of digits, words and mixed signs, letter streams, grids and bindings; all are asked after the stimulus. */
export const memoryFamilies: readonly Family[] = [
  digitSpan,
  wordList,
  letterStream,
  mixedSpan,
  ownership,
  letterGrid,
];
