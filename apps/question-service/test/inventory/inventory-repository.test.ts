import { describe, expect, test } from 'vitest';
import { deficits, type StratumCount } from '../../src/generation/plan.ts';
import { strata } from '../../src/questions/question.ts';
import { countRequest, createHarness } from '../support/harness.ts';

const begun = { startedAt: new Date(), traceId: '0'.repeat(32), leaseSeconds: 30 };
const sum = (counts: readonly StratumCount[]) =>
  counts.reduce((total, { count }) => total + count, 0);

describe('the inventory', () => {
  test('counts all 18 strata, what is active and what live runs have planned', async () => {
    const harness = await createHarness();
    const summary = await harness.run(countRequest(36));
    await harness.plan(countRequest(20, { types: ['math'], difficulties: ['easy'] }));

    const stock = await harness.inventory.read();

    const active = stock.map((stratum) => stratum.active);
    expect(stock.map(({ type, difficultyLevel }) => ({ type, difficultyLevel }))).toEqual(strata);
    expect(active.reduce((total, count) => total + count, 0)).toBe(summary.inserted);
    expect(stock.filter(({ planned }) => planned > 0)).toMatchObject([
      { type: 'math', difficultyLevel: 'easy', planned: 20 },
    ]);
  });

  test('forgets what a run had planned once its lease has expired, before anybody marked it', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    await harness.runs.begin(order.runId, begun);
    const whileAlive = await harness.inventory.read();

    await harness.runs.renewLease(order.runId, -1);

    const afterwards = await harness.inventory.read();
    expect(whileAlive.every(({ planned }) => planned === 1)).toBe(true);
    expect(afterwards.every(({ planned }) => planned === 0)).toBe(true);
  });

  test('lets no two of eight runs that plan at once fill the same deficit', async () => {
    const harness = await createHarness();
    const orders = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const order = await harness.plan({ kind: 'balance', target: 10 }, { seed: index });
        await harness.runs.begin(order.runId, begun);
        return order;
      }),
    );

    const chosen = await Promise.all(
      orders.map(({ runId }) =>
        harness.inventory.reserve(runId, (stock) => deficits(10, stock).slice(0, 5)),
      ),
    );

    // 18 strata in portions of five: four runs get something, the others find all of it planned.
    expect(chosen.map((part) => part.length).sort()).toEqual([0, 0, 0, 0, 3, 5, 5, 5]);
    expect(sum(chosen.flat())).toBe(180);
    expect(new Set(chosen.flat().map((part) => `${part.type}/${part.difficultyLevel}`)).size).toBe(
      18,
    );
  });
});

describe('a run that balances', () => {
  test('shares its count out by what each stratum lacks', async () => {
    const harness = await createHarness();
    await harness.run({ kind: 'fill', target: 4 });
    await harness.run(countRequest(80, { types: ['math'], difficulties: ['easy'] }), { seed: 8 });
    const before = await harness.inventory.read();

    const summary = await harness.run({ kind: 'balance', target: 20, count: 54 }, { seed: 9 });

    const after = await harness.inventory.read();
    const lacking = before.filter(({ active }) => active < 20);
    const grown = after.map(({ active }, index) => active - (before[index]?.active ?? 0));
    expect(lacking).toHaveLength(17);
    expect(summary.requested).toBe(54);
    expect(grown[strata.findIndex(({ type }) => type === 'math')]).toBe(0);
    expect(Math.max(...grown)).toBeLessThanOrEqual(4);
  });

  test('two at once fill the bank to the target and not beyond', async () => {
    const harness = await createHarness();
    const balance = { kind: 'balance', target: 12 } as const;

    const both = await Promise.all([
      harness.run(balance, { seed: 1 }),
      harness.run(balance, { seed: 2 }),
    ]);

    const requested = both.reduce((total, summary) => total + summary.requested, 0);
    const stock = await harness.inventory.read();
    expect(requested).toBeGreaterThanOrEqual(18 * 12);
    expect(stock.every(({ active }) => active <= 12)).toBe(true);
  });

  test('plans nothing where every stratum holds enough, and has succeeded', async () => {
    const harness = await createHarness();
    await harness.run({ kind: 'fill', target: 3 });

    const summary = await harness.run({ kind: 'balance', target: 3, count: 50 }, { seed: 8 });

    expect(summary).toMatchObject({ state: 'succeeded', requested: 0 });
  });
});
