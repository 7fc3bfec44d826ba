import type { Family } from '../family.ts';
import { analogy, meaningAnalogy, oddPair, samePair } from './analogies.ts';
import { closestMeaning, oddOneOut } from './meanings.ts';

/** Analogies, odd ones out, and words of the same and of opposite meaning. */
export const verbalFamilies: readonly Family[] = [
  analogy,
  oddOneOut,
  closestMeaning,
  samePair,
  oddPair,
  meaningAnalogy,
];
