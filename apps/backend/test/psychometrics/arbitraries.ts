import fc from 'fast-check';
import type { ScoredResponse } from '../../src/psychometrics/ability-estimation.ts';
import type { LevelledItem } from '../../src/psychometrics/form-assembly.ts';
import type { ItemParameters } from '../../src/psychometrics/two-parameter-logistic.ts';

export const aTheta = fc.double({ min: -4, max: 4, noNaN: true });

export const anItem: fc.Arbitrary<ItemParameters> = fc.record({
  discrimination: fc.double({ min: 0.2, max: 2.5, noNaN: true }),
  difficulty: fc.double({ min: -3, max: 3, noNaN: true }),
});

export const aResponse: fc.Arbitrary<ScoredResponse> = fc
  .tuple(anItem, fc.boolean())
  .map(([item, correct]) => ({ ...item, correct }));

export const domains = ['pattern', 'logic', 'spatial', 'math', 'verbal', 'memory'] as const;
export const levels = ['easy', 'medium', 'hard'] as const;
const difficultyOf = { easy: -1, medium: 0, hard: 1 } as const;

/** The bank that `pnpm dev` makes: `perStratum` uncalibrated items in each of the 18 strata. */
export function uncalibratedBank(perStratum: number): LevelledItem[] {
  return domains.flatMap((domain) =>
    levels.flatMap((level) =>
      Array.from({ length: perStratum }, (_, index) => ({
        id: `${domain}-${level}-${index}`,
        domain,
        level,
        discrimination: 1,
        difficulty: difficultyOf[level],
      })),
    ),
  );
}
