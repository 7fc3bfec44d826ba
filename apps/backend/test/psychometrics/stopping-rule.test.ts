import { describe, expect, test } from 'vitest';
import { decideAdaptiveStop, decideFixedStop } from '../../src/psychometrics/stopping-rule.ts';

const rule = { standardErrorTarget: 0.4, itemsMin: 10, itemsMax: 30 };

describe('decideAdaptiveStop', () => {
  test.for([
    ['goes on while the estimate is not precise', 12, 0.41, 'continue'],
    ['stops at the target precision', 22, 0.4, 'standard_error_reached'],
    ['goes on below the minimum, however precise', 9, 0.2, 'continue'],
    ['stops at the minimum where it is precise', 10, 0.2, 'standard_error_reached'],
    ['stops at the maximum without precision', 30, 0.5, 'items_max_reached'],
    ['counts as precise where both are reached', 30, 0.4, 'standard_error_reached'],
  ] as const)('%s', ([, itemsAnswered, standardError, expected]) => {
    const decision = decideAdaptiveStop({ itemsAnswered, standardError }, rule);

    expect(decision.status === 'stop' ? decision.reason : 'continue').toBe(expected);
  });

  test('lets a maximum below the minimum win', () => {
    const decision = decideAdaptiveStop(
      { itemsAnswered: 5, standardError: 0.9 },
      { ...rule, itemsMax: 5 },
    );

    expect(decision).toEqual({ status: 'stop', reason: 'items_max_reached' });
  });
});

describe('decideFixedStop', () => {
  test('stops when the form is answered, and not before', () => {
    expect(decideFixedStop(17, 18)).toEqual({ status: 'continue' });
    expect(decideFixedStop(18, 18)).toEqual({ status: 'stop', reason: 'form_completed' });
  });
});
