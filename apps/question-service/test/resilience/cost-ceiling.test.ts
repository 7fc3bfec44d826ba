import { describe, expect, test } from 'vitest';
import { createCostCeiling } from '../../src/resilience/cost-ceiling.ts';

describe('createCostCeiling', () => {
  test('is reached by the call that makes the sum as high', () => {
    const ceiling = createCostCeiling(0.5);

    const reached = [0.25, 0.125, 0.125].map((usd) => {
      ceiling.spent(usd);
      return ceiling.reached.aborted;
    });

    expect(reached).toEqual([false, false, true]);
  });

  test('is reached by the first call of unknown cost', () => {
    const ceiling = createCostCeiling(100);

    ceiling.spent(undefined);

    expect(ceiling.reached.aborted).toBe(true);
  });

  test('is never reached where there is none', () => {
    const ceiling = createCostCeiling();

    ceiling.spent(1_000_000);
    ceiling.spent(undefined);

    expect(ceiling.reached.aborted).toBe(false);
  });
});
