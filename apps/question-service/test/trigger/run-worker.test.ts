import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { giveUpJob, RunUnfinishedError, workOnJob } from '../../src/trigger/run-worker.ts';
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

describe('giveUpJob', () => {
  const traceId = 'ab'.repeat(16);
  const traceContext = { traceparent: `00-${traceId}-${'cd'.repeat(8)}-01` };

  test('ends a run that no worker took up: failed, counted and announced once, and left to be reported', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));

    await giveUpJob({ order, traceContext }, harness);

    const run = await harness.runs.find(order.runId);
    expect(run).toMatchObject({ state: 'failed', summary: { requested: 18, inserted: 0 } });
    expect(run?.summary?.failed.not_attempted).toBe(18);
    expect(await harness.runs.listUnreported(10)).toEqual([run?.summary]);
    expect(harness.memory.metric('pipeline.runs', { outcome: 'failed' })).toBe(1);
    expect(harness.memory.events().map(({ name }) => name)).toEqual(['generation_run.completed']);
    expect(harness.memory.errors()).toMatchObject([{ traceId }]);
  });

  test('leaves what was interrupted as it is, and only says that it is given up', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    const stopped = workOnJob({ order, traceContext }, harness, AbortSignal.abort());
    await expect(stopped).rejects.toThrow(RunUnfinishedError);
    const before = await harness.runs.find(order.runId);

    await giveUpJob({ order, traceContext }, harness);

    expect(await harness.runs.find(order.runId)).toEqual(before);
    expect(harness.memory.metric('pipeline.runs')).toBe(1);
    expect(harness.memory.errors()).toHaveLength(1);
  });

  test('ends the last attempt of several, and none before it', async () => {
    const harness = await createHarness();
    const order = await harness.plan(countRequest(18));
    await harness.runs.begin(order.runId, { ...lease, leaseSeconds: -1 });
    await harness.runs.interruptExpired();
    const second = randomUUID();
    await harness.runs.plan({ ...order, runId: second, attempt: 2, previousRunId: order.runId });

    await giveUpJob({ order, traceContext }, harness);

    expect(await harness.runs.find(order.runId)).toMatchObject({ state: 'interrupted' });
    expect(await harness.runs.find(second)).toMatchObject({ state: 'failed', attempt: 2 });
  });
});
