import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offlineEmbedder } from '../../src/deduplication/question-embedder.ts';
import type { RunSummary } from '../../src/pipeline/run-summary.ts';
import { createQuestionsRepository } from '../../src/storage/questions-repository.ts';
import { errorCategories } from '../../src/telemetry/labels.ts';
import {
  config,
  countRequest,
  createHarness,
  type Harness,
  metricsOf,
} from '../support/harness.ts';
import {
  faultyEmbedder,
  faultyQuestions,
  type JudgeFault,
  type ProviderFault,
  type StorageFault,
  scriptedJudge,
  scriptedProvider,
} from '../support/scripted-parts.ts';

const small = { ...config, generation: { ...config.generation, batchSize: 5 } };

async function createFaultyHarness(faults: {
  provider?: readonly ProviderFault[];
  judge?: readonly JudgeFault[];
  embedder?: readonly boolean[];
  storage?: readonly StorageFault[];
}): Promise<Harness> {
  const parts = {
    config: small,
    provider: scriptedProvider(faults.provider ?? []),
    judge: scriptedJudge(faults.judge ?? []),
    embedder: faultyEmbedder(offlineEmbedder, faults.embedder ?? []),
  };
  const harness = await createHarness(parts);
  const questions = createQuestionsRepository(harness.database);
  return harness.with({ questions: faultyQuestions(questions, faults.storage ?? []) });
}

async function expectRows(harness: Harness, summary: RunSummary): Promise<void> {
  expect(await harness.questions.countByRun(summary.runId)).toBe(summary.inserted);
}

const providerFaults: ProviderFault[] = [
  'none',
  'fewer',
  'surplus',
  'malformed',
  'other_stratum',
  'crash',
  ...errorCategories,
];

describe('runPipeline under faults', () => {
  test('keeps summary, metrics and rows equal under any schedule of faults', async () => {
    const schedule = fc.record({
      provider: fc.array(fc.constantFrom(...providerFaults), { maxLength: 12 }),
      judge: fc.array(
        fc.constantFrom<JudgeFault>('none', 'down', 'half_down', 'rejects', 'short'),
        { maxLength: 12 },
      ),
      embedder: fc.array(fc.boolean(), { maxLength: 6 }),
      storage: fc.array(
        fc.constantFrom<StorageFault>('none', 'before_commit', 'after_commit', 'constraint'),
        { maxLength: 12 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(schedule, async (faults) => {
        const harness = await createFaultyHarness(faults);

        const summary = await harness.run(countRequest(60, { types: ['math', 'logic'] }));

        expect(summary).toMatchObject(metricsOf(harness));
        await expectRows(harness, summary);
      }),
      { numRuns: 12, seed: 20_261_121 },
    );
  }, 60_000);

  test('names the category of a provider that fails, and goes on with the rest', async () => {
    const harness = await createFaultyHarness({ provider: ['rate_limit', 'crash'] });

    const summary = await harness.run(
      countRequest(20, { types: ['math'], difficulties: ['easy'] }),
    );

    expect(summary).toMatchObject({ state: 'partial', requested: 20, generated: 10, inserted: 10 });
    expect(summary.failed).toMatchObject({ rate_limit: 5, unknown: 5 });
    expect(summary.errors.byCategory).toEqual({ rate_limit: 1, unknown: 1 });
    expect(harness.memory.errors()).toHaveLength(2);
  });

  test('has failed when nothing came of it', async () => {
    const harness = await createFaultyHarness({ provider: ['billing_quota'] });

    const summary = await harness.run(countRequest(5, { types: ['math'], difficulties: ['easy'] }));

    expect(summary).toMatchObject({ state: 'failed', inserted: 0 });
    expect(summary.failed.billing_quota).toBe(5);
  });

  test('counts what is surplus or malformed as discarded, outside the identity', async () => {
    const harness = await createFaultyHarness({ provider: ['surplus', 'malformed'] });

    const summary = await harness.run(
      countRequest(10, { types: ['math'], difficulties: ['easy'] }),
    );

    expect(summary).toMatchObject({ requested: 10, generated: 8, discarded: 3 });
    expect(summary.failed.model_error).toBe(2);
  });

  test('stores nothing that no judge could be reached for', async () => {
    const harness = await createFaultyHarness({ judge: ['down', 'half_down'] });

    const summary = await harness.run(
      countRequest(10, { types: ['math'], difficulties: ['easy'] }),
    );

    expect(summary).toMatchObject({ state: 'partial', unjudged: 8, approved: 2, inserted: 2 });
  });

  test('lets nothing through that could not be compared', async () => {
    const harness = await createFaultyHarness({ embedder: [true] });

    const summary = await harness.run(
      countRequest(10, { types: ['math'], difficulties: ['easy'] }),
    );

    expect(summary.insertFailed.deduplication).toBe(5);
    expect(summary.inserted).toBe(5);
  });

  test('tries again to store a batch, and counts it once when the first commit had worked', async () => {
    const harness = await createFaultyHarness({ storage: ['after_commit'] });

    const summary = await harness.run(countRequest(5, { types: ['math'], difficulties: ['easy'] }));

    expect(summary).toMatchObject({ state: 'succeeded', inserted: 5, retries: 1 });
    expect(summary.duplicates.exact).toBe(0);
    await expectRows(harness, summary);
  });

  test('counts a batch as stored whose commit worked although every answer was lost', async () => {
    const harness = await createFaultyHarness({ storage: ['after_commit', 'after_commit'] });

    const summary = await harness.run(countRequest(5, { types: ['math'], difficulties: ['easy'] }));

    expect(summary.inserted).toBe(5);
    await expectRows(harness, summary);
  });

  test('says why a batch could not be stored', async () => {
    const harness = await createFaultyHarness({ storage: ['constraint'] });

    const summary = await harness.run(
      countRequest(10, { types: ['math'], difficulties: ['easy'] }),
    );

    expect(summary).toMatchObject({ state: 'partial', inserted: 5 });
    expect(summary.insertFailed.constraint).toBe(5);
  });

  test('costs what the calls cost, and counts those without a price apart', async () => {
    const harness = await createFaultyHarness({});

    const summary = await harness.run(
      countRequest(10, { types: ['math'], difficulties: ['easy'] }),
    );

    expect(summary.cost.usd).toBeCloseTo(0.004, 10);
    expect(summary.cost.byModel.map(({ calls }) => calls)).toEqual([2, 2]);
    expect(harness.memory.metric('api.cost_usd')).toBeCloseTo(0.004, 10);
  });
});
