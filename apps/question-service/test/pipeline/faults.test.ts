import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';
import { errorCategories, providerNames } from '../../src/telemetry/labels.ts';
import { createFaultyHarness } from '../support/faulty-harness.ts';
import { countRequest, type Harness, metricsOf } from '../support/harness.ts';
import {
  type JudgeFault,
  type ModelFault,
  type ProviderFault,
  type StorageFault,
  scriptedJudge,
} from '../support/scripted-parts.ts';

const oneStratum = { types: ['math'], difficulties: ['easy'] } as const;

async function expectRows(harness: Harness, summary: RunSummary): Promise<void> {
  expect(await harness.questions.countByRun(summary.runId)).toBe(summary.inserted);
}

/** Who wrote what is stored, as the rows have it. */
async function rowsByAuthor({ database }: Harness): Promise<Record<string, number>> {
  const groups = await database.prisma.question.groupBy({ by: ['provider'], _count: true });
  return Object.fromEntries(groups.map(({ provider, _count }) => [provider, _count]));
}

function insertedByProvider({ byProvider }: RunSummary): Record<string, number> {
  const stored = Object.entries(byProvider).filter(([, { inserted }]) => inserted > 0);
  return Object.fromEntries(stored.map(([provider, { inserted }]) => [provider, inserted]));
}

/** The steps by provider as the metrics have them, in the shape of a summary. */
function metricsByProvider({ memory }: Harness, summary: RunSummary) {
  const names = providerNames.filter((provider) => provider in summary.byProvider);
  return Object.fromEntries(
    names.map((provider) => [
      provider,
      {
        requested: memory.metric('questions.requested', { provider }),
        generated: memory.metric('questions.generated', { provider }),
        failed: memory.metric('questions.failed', { provider }),
        approved: memory.metric('questions.approved', { provider }),
        inserted: memory.metric('questions.inserted', { provider }),
      },
    ]),
  );
}

const providerFaults: ProviderFault[] = [
  'none',
  'none',
  'fewer',
  'surplus',
  'malformed',
  'other_stratum',
  'crash',
  ...errorCategories,
];
const modelFaults: ModelFault[] = [
  'none',
  'none',
  'low_score',
  'wrong_key',
  'ambiguous',
  'unpriced',
  'crash',
  ...errorCategories,
];
const storageFaults: StorageFault[] = ['none', 'before_commit', 'after_commit', 'constraint'];

const listOf = <Value>(values: readonly Value[], maxLength: number) =>
  fc.array(fc.constantFrom(...values), { maxLength });

const schedules = fc.record({
  faults: fc.record({
    authors: fc.tuple(listOf(providerFaults, 16), listOf(providerFaults, 8)),
    judges: fc.tuple(listOf(modelFaults, 60), listOf(modelFaults, 30)),
    embedder: fc.array(fc.boolean(), { maxLength: 6 }),
    storage: listOf(storageFaults, 12),
    failuresToOpen: fc.integer({ min: 1, max: 4 }),
    concurrency: fc.integer({ min: 1, max: 3 }),
  }),
  maxCostUsd: fc.option(fc.double({ min: 0.001, max: 0.2, noNaN: true }), { nil: undefined }),
});

describe('runPipeline under faults', () => {
  test('keeps summary, metrics and rows equal under any schedule of faults', async () => {
    const seed = Number(process.hrtime.bigint() % 2_147_483_647n);
    await fc.assert(
      fc.asyncProperty(schedules, async ({ faults, maxCostUsd }) => {
        const harness = await createFaultyHarness(faults);

        const summary = await harness.run(countRequest(60, { types: ['math', 'logic'] }), {
          maxCostUsd,
        });

        expect(summary).toMatchObject(metricsOf(harness));
        expect(summary.byProvider).toMatchObject(metricsByProvider(harness, summary));
        expect(harness.memory.metric('api.cost_usd')).toBeCloseTo(summary.cost.usd, 9);
        await expectRows(harness, summary);
        expect(await rowsByAuthor(harness)).toEqual(insertedByProvider(summary));
        expect(harness.memory.refused()).toBe(0);
      }),
      { numRuns: 15, seed },
    );
  }, 120_000);

  test('tries again where that may help, and counts what it cost', async () => {
    const harness = await createFaultyHarness({ authors: [['model_error']] });

    const summary = await harness.run(countRequest(5, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', inserted: 5, retries: 1, fallbacks: 0 });
    expect(summary.errors).toEqual({
      byCategory: { model_error: 1 },
      bySeverity: { warning: 1 },
    });
    const generation = { provider: 'anthropic', purpose: 'generation' };
    expect(harness.memory.metric('api.cost_usd', generation)).toBeCloseTo(0.002, 10);
    expect(harness.memory.errors()).toEqual([]);
  });

  test('names the category of a provider that fails, and goes on with the rest', async () => {
    const harness = await createFaultyHarness({
      authors: [['rate_limit', 'rate_limit', 'crash']],
    });

    const summary = await harness.run(countRequest(20, oneStratum));

    expect(summary).toMatchObject({ state: 'partial', requested: 20, generated: 10, inserted: 10 });
    expect(summary.failed).toMatchObject({ rate_limit: 5, unknown: 5 });
    expect(summary.errors.byCategory).toEqual({ rate_limit: 2, unknown: 1 });
    expect(harness.memory.errors()).toHaveLength(2);
  });

  test('has failed when nothing came of it', async () => {
    const harness = await createFaultyHarness({ authors: [['billing_quota']] });

    const summary = await harness.run(countRequest(5, oneStratum));

    expect(summary).toMatchObject({ state: 'failed', inserted: 0 });
    expect(summary.failed.billing_quota).toBe(5);
  });

  test('counts what is surplus or malformed as discarded, outside the identity', async () => {
    const harness = await createFaultyHarness({ authors: [['surplus', 'malformed']] });

    const summary = await harness.run(countRequest(10, oneStratum));

    expect(summary).toMatchObject({ requested: 10, generated: 8, discarded: 3 });
    expect(summary.failed.model_error).toBe(2);
  });

  test('asks again for a batch of which nothing can be used', async () => {
    const harness = await createFaultyHarness({ authors: [['other_stratum']] });

    const summary = await harness.run(countRequest(5, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', generated: 5, discarded: 5, retries: 1 });
  });

  test('stores nothing that no judge could be reached for', async () => {
    const faults: JudgeFault[] = ['down', 'down', 'half_down'];
    const judges = [scriptedJudge(faults, 'google')];
    const harness = await createFaultyHarness({}, { judges });

    const summary = await harness.run(countRequest(10, oneStratum));

    expect(summary).toMatchObject({ state: 'partial', unjudged: 8, approved: 2, inserted: 2 });
    expect(summary.errors.byCategory).toEqual({ server_error: 2, judge: 1 });
  });

  test('lets nothing through that could not be compared', async () => {
    const harness = await createFaultyHarness({ embedder: [true] });

    const summary = await harness.run(countRequest(10, oneStratum));

    expect(summary.insertFailed.deduplication).toBe(5);
    expect(summary.inserted).toBe(5);
  });

  test('tries again to store a batch, and counts it once when the first commit had worked', async () => {
    const harness = await createFaultyHarness({ storage: ['after_commit'] });

    const summary = await harness.run(countRequest(5, oneStratum));

    expect(summary).toMatchObject({ state: 'succeeded', inserted: 5, retries: 1 });
    expect(summary.duplicates.exact).toBe(0);
    await expectRows(harness, summary);
  });

  test('counts a batch as stored whose commit worked although every answer was lost', async () => {
    const harness = await createFaultyHarness({ storage: ['after_commit', 'after_commit'] });

    const summary = await harness.run(countRequest(5, oneStratum));

    expect(summary.inserted).toBe(5);
    await expectRows(harness, summary);
  });

  test('says why a batch could not be stored', async () => {
    const harness = await createFaultyHarness({ storage: ['constraint'] });

    const summary = await harness.run(countRequest(10, oneStratum));

    expect(summary).toMatchObject({ state: 'partial', inserted: 5 });
    expect(summary.insertFailed.constraint).toBe(5);
  });
});
