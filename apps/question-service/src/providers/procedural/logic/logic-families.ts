import type { Family } from '../family.ts';
import { conditional } from './conditional.ts';
import { ordering, row } from './ordering.ts';
import { syllogism } from './syllogism.ts';
import { truthTellers } from './truth-tellers.ts';

/** Syllogisms, conditionals, orderings and truth-tellers. */
export const logicFamilies: readonly Family[] = [
  syllogism,
  conditional,
  ordering,
  row,
  truthTellers,
];
