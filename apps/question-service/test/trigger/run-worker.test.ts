import { describe, expect, test } from 'vitest';
import { RunUnfinishedError, workOnJob } from '../../src/trigger/run-worker.ts';
import { countRequest, createHarness } from '../support/harness.ts';

const stop = new AbortController().signal;
const lease = { startedAt: new Date(), traceId: '0'.repeat(32), leaseSeconds: 30 };

describe('workOnJob', () => {
  test('carries a planned run out, in the trace that the job brings', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    const traceId = 'ab'.repeat(16);
    const traceContext = { traceparent: `00-${traceId}-${'cd'.repeat(8)}-01` };

    await workOnJob({ order, traceContext }, harness, stop);

    expect(await harness.runs.find(order.runId)).toMatchObject({ state: 'succeeded', traceId });
  });

  test('does nothing for a run that is done: a job delivered twice counts once', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    await workOnJob({ order, traceContext: {} }, harness, stop);
    const rows = await harness.questions.countByRun(order.runId);

    await workOnJob({ order, traceContext: {} }, harness, stop);

    expect(await harness.questions.countByRun(order.runId)).toBe(rows);
    expect(await harness.runs.list(10)).toHaveLength(1);
  });

  test('gives the job back while another worker holds the run', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    await harness.runs.begin(order.runId, lease);

    const work = workOnJob({ order, traceContext: {} }, harness, stop);

    await expect(work).rejects.toThrow(RunUnfinishedError);
    expect(await harness.runs.find(order.runId)).toMatchObject({ state: 'running' });
  });

  test('takes a run up as a new attempt once the lease of its worker has expired', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    await harness.runs.begin(order.runId, { ...lease, leaseSeconds: -1 });

    await workOnJob({ order, traceContext: {} }, harness, stop);

    const successor = await harness.runs.findSuccessor(order.runId);
    expect(await harness.runs.find(order.runId)).toMatchObject({ state: 'interrupted' });
    expect(await harness.runs.find(`${successor}`)).toMatchObject({
      state: 'succeeded',
      attempt: 2,
      previousRunId: order.runId,
    });
  });

  test('gives the job back when the run is stopped, so that the rest is not lost', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));

    const work = workOnJob({ order, traceContext: {} }, harness, AbortSignal.abort());

    await expect(work).rejects.toThrow(RunUnfinishedError);
    expect(await harness.runs.find(order.runId)).toMatchObject({ state: 'interrupted' });
  });
});
