import { eventually } from '@aiq/testing';
import { describe, expect, test } from 'vitest';
import { keepHouse } from '../../src/trigger/housekeeping.ts';
import { countRequest, createHarness } from '../support/harness.ts';

const day = 86_400_000;

/** A house on a database of its own, kept until the test calls it off. */
async function createHouse(nowMs: number) {
  const harness = await createHarness();
  const stop = new AbortController();
  const options = {
    ...harness,
    leaseCheckSeconds: 0.05,
    outboxIntervalSeconds: 0.05,
    cacheDays: 180,
    now: () => new Date(nowMs),
    stop: stop.signal,
  };
  return { harness, options, stop };
}

describe('keepHouse', () => {
  test.for([
    [181, 0],
    [179, 1],
  ] as const)('after %i days leaves %i of the vectors cached today', async ([days, left]) => {
    const { harness, options, stop } = await createHouse(Date.now() + days * day);
    await harness.embeddingCache.store('a model', [['0'.repeat(64), Float32Array.of(1)]]);
    // The first turn of each duty comes before the first look at the signal.
    setImmediate(() => stop.abort());

    await keepHouse(options);

    expect(await harness.database.prisma.embeddingCacheEntry.count()).toBe(left);
  });

  test('goes on when one of its duties fails, and marks runs interrupted whose lease expires', async () => {
    const { harness, options, stop } = await createHouse(Date.now());
    const embeddingCache = { deleteOlderThan: async () => Promise.reject(new Error('away')) };
    const kept = keepHouse({ ...options, embeddingCache });

    const order = await harness.plan(countRequest(18));
    const begun = { startedAt: new Date(), traceId: '0'.repeat(32), leaseSeconds: -1 };
    await harness.runs.begin(order.runId, begun);
    await eventually(async () => (await harness.runs.find(order.runId))?.state === 'interrupted', {
      timeoutMs: 20_000,
      message: 'the run to be marked',
    });
    stop.abort();
    await kept;

    const failures = harness.memory
      .logs()
      .filter(({ message }) => message.includes('housekeeping'));
    expect(failures).toHaveLength(1);
  });
});
