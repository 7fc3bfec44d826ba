import { describe, expect, test } from 'vitest';
import { RunNotPlannedError } from '../../src/pipeline/open-run.ts';
import { runPipeline } from '../../src/pipeline/run-pipeline.ts';
import { config, countRequest, createHarness, metricsOf } from '../support/harness.ts';

const inOrder = {
  ...config,
  generation: { ...config.generation, batchSize: 10, concurrency: 1 },
};
const stop = new AbortController().signal;

describe('a run and its lease', () => {
  test('a run that was marked interrupted stores no more, and says what it had stored', async () => {
    const harness = await createHarness({ config: inOrder });
    const { questions, runs } = harness;
    let batches = 0;
    const losing = harness.with({
      questions: {
        ...questions,
        async storeBatch(runId, batch) {
          batches += 1;
          if (batches === 3) {
            await runs.renewLease(runId, -1);
            await runs.interruptExpired();
          }
          return questions.storeBatch(runId, batch);
        },
      },
    });

    const summary = await losing.run(countRequest(180));

    expect(summary.state).toBe('interrupted');
    expect(summary.insertFailed.lease_lost).toBeGreaterThan(0);
    expect(summary.failed.not_attempted).toBe(150);
    expect(summary).toMatchObject(metricsOf(losing));
    expect(await questions.countByRun(summary.runId)).toBe(summary.inserted);
    expect(await runs.find(summary.runId)).toMatchObject({ state: 'interrupted', summary });
  });

  test('a run that is alive is not marked interrupted', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    const begun = { startedAt: new Date(), traceId: '0'.repeat(32), leaseSeconds: 30 };

    await harness.runs.begin(order.runId, begun);

    expect(await harness.runs.interruptExpired()).toEqual([]);
    expect(await harness.runs.find(order.runId)).toMatchObject({ state: 'running' });
  });

  test('a run begins once: whoever comes second is told', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    await runPipeline(order, harness, { stop });

    await expect(runPipeline(order, harness, { stop })).rejects.toThrow(RunNotPlannedError);
    expect(await harness.questions.countByRun(order.runId)).toBeGreaterThan(0);
  });

  test('a run that is stopped before its first batch attempts nothing', async () => {
    const harness = await createHarness();

    const summary = await harness.run(countRequest(18), { stop: AbortSignal.abort() });

    expect(summary).toMatchObject({ state: 'interrupted', requested: 18, generated: 0 });
    expect(summary.failed.not_attempted).toBe(18);
  });
});
