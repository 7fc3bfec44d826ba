import { describe, expect, test } from 'vitest';
import { createFaultyHarness } from '../support/faulty-harness.ts';
import { countRequest, metricsOf } from '../support/harness.ts';

const oneStratum = { types: ['math'], difficulties: ['easy'] } as const;

// A batch of 5 costs 0.001 to write and 10 times that to judge: each question is scored and solved.
const batchUsd = 0.011;

describe('a run with a cost ceiling', () => {
  test('begins nothing new once it is reached, finishes what is begun, and says so', async () => {
    const harness = await createFaultyHarness({ concurrency: 2 });

    const summary = await harness.run(countRequest(100, oneStratum), { maxCostUsd: 0.03 });

    expect(summary.state).toBe('partial');
    expect(summary.inserted).toBe(summary.generated);
    expect(summary.failed.cost_ceiling).toBe(100 - summary.inserted);
    expect(summary.cost.usd).toBeGreaterThanOrEqual(0.03);
    // Two batches at a time: no more than these can go over.
    expect(summary.cost.usd).toBeLessThanOrEqual(0.03 + 2 * batchUsd);
    expect(summary).toMatchObject(metricsOf(harness));
  });

  test('neither tries again nor asks another author once it is reached', async () => {
    const harness = await createFaultyHarness({ authors: [['model_error'], []] });

    const summary = await harness.run(countRequest(5, oneStratum), { maxCostUsd: 0.0005 });

    expect(summary).toMatchObject({ state: 'failed', retries: 0, fallbacks: 0 });
    expect(summary.failed.model_error).toBe(5);
  });

  test('counts a call of unknown price as the ceiling reached: what is not counted cannot be limited', async () => {
    const harness = await createFaultyHarness({ judges: [['unpriced']] });

    const summary = await harness.run(countRequest(100, oneStratum), { maxCostUsd: 1_000 });

    expect(summary.cost.unpricedCalls).toBe(1);
    expect(summary.failed.cost_ceiling).toBeGreaterThan(0);
    expect(harness.memory.metric('api.unpriced_calls')).toBe(1);
  });

  test('spends what it takes where there is no ceiling', async () => {
    const harness = await createFaultyHarness({ judges: [['unpriced']] });

    const summary = await harness.run(countRequest(50, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', inserted: 50 });
  });

  test('stops filling, and says that strata are short', async () => {
    const harness = await createFaultyHarness({});

    const summary = await harness.run({ kind: 'fill', target: 10 }, { maxCostUsd: 0.05 });

    expect(summary.state).toBe('partial');
    expect(summary.failed.cost_ceiling).toBeGreaterThan(0);
  });
});
