import { describe, expect, test } from 'vitest';
import { assertBalanced, outcomeOf, type RunSummary } from '../../src/pipeline/run-summary.ts';

type Accounts = Parameters<typeof assertBalanced>[0];

const none = {
  failed: {} as RunSummary['failed'],
  rejected: {} as RunSummary['rejected'],
  duplicates: { exact: 0, semantic: 0 },
  insertFailed: {} as RunSummary['insertFailed'],
};
const steps = { requested: 10, generated: 10, approved: 10, inserted: 10 };
const provider = { ...steps, failed: 0, handedOver: 0, takenOver: 0 };
const allStored: Accounts = {
  ...none,
  ...steps,
  unjudged: 0,
  byProvider: { openai: provider },
  byType: { math: { ...steps } },
  byDifficulty: { easy: { ...steps } },
  errors: { byCategory: { rate_limit: 2 }, bySeverity: { warning: 2 } },
  cost: { usd: 0.5, unpricedCalls: 0, byModel: [costOf('a', 0.2), costOf('b', 0.3)] },
};
function costOf(model: string, costUsd: number) {
  return { provider: 'openai', model, calls: 1, inputTokens: 1, outputTokens: 1, costUsd };
}
const asRun = (changes: Partial<Accounts>): Accounts => ({ ...allStored, ...changes });
const calm = { interrupted: false, broken: false };

describe('assertBalanced', () => {
  test('passes accounts that add up', () => {
    expect(() => assertBalanced(allStored)).not.toThrow();
  });

  test.for([
    [{ requested: 11 }, 'requested = generated + failed: 11 is not 10'],
    [{ unjudged: 1 }, 'generated = approved + rejected + unjudged: 10 is not 11'],
    [{ inserted: 9 }, 'approved = duplicates + inserted + insertFailed: 10 is not 9'],
    [{ byType: {} }, 'requested = sum(byType): 10 is not 0'],
    [
      { byDifficulty: { easy: { ...steps, approved: 4 } } },
      'approved = sum(byDifficulty): 10 is not 4',
    ],
    [
      { byProvider: { openai: { ...provider, handedOver: 3 } } },
      'openai: requested + takenOver = generated + failed + handedOver: 10 is not 13',
    ],
    [
      { byProvider: { openai: { ...provider, handedOver: 3 } } },
      'handedOver = takenOver: 3 is not 0',
    ],
    [
      { errors: { byCategory: {}, bySeverity: { warning: 2 } } },
      'errors by category = by severity: 0 is not 2',
    ],
    [{ cost: { ...allStored.cost, usd: 0.6 } }, 'cost = sum(byModel): 0.6 is not 0.5'],
  ] as const)('refuses %o and says which identity is broken', ([changes, message]) => {
    expect(() => assertBalanced(asRun(changes))).toThrow(message);
  });
});

describe('outcomeOf', () => {
  const allKnown = { inserted: 0, duplicates: { exact: 10, semantic: 0 } };
  const someFailed = { generated: 9, failed: { unknown: 1 } as RunSummary['failed'] };
  const nothing = { generated: 0, approved: 0, inserted: 0 };

  test.for([
    ['all were stored', {}, 'succeeded'],
    ['all were duplicates', allKnown, 'succeeded'],
    ['nothing was asked for', { ...nothing, requested: 0 }, 'succeeded'],
    ['some failed', someFailed, 'partial'],
    ['all failed', nothing, 'failed'],
    ['all were rejected', { approved: 0, inserted: 0 }, 'failed'],
  ] as const)('when %s', ([, changes, outcome]) => {
    expect(outcomeOf(asRun(changes), calm)).toBe(outcome);
  });

  test('is interrupted before anything else, and in part where the plan broke', () => {
    expect(outcomeOf(asRun(nothing), { interrupted: true, broken: true })).toBe('interrupted');
    expect(outcomeOf(allStored, { interrupted: false, broken: true })).toBe('partial');
    expect(outcomeOf(asRun({ ...nothing, requested: 0 }), { ...calm, broken: true })).toBe(
      'failed',
    );
  });
});
