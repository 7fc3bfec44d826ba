import { solveConditional } from './solve-conditional.ts';
import { solveOrder } from './solve-order.ts';
import { solveSyllogism } from './solve-syllogism.ts';
import { solveTruthTellers } from './solve-truth-tellers.ts';
import type { Solver } from './solver.ts';

const solvers: readonly Solver[] = [
  solveSyllogism,
  solveConditional,
  solveOrder,
  solveTruthTellers,
];

/** Solves syllogisms, conditionals, orderings and truth-tellers, each by going through all possible worlds. */
export const solveLogic: Solver = (problem) => {
  for (const solve of solvers) {
    const found = solve(problem);
    if (found !== undefined) return found;
  }
  return undefined;
};
