import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { assertBalanced } from '../../src/pipeline/run-summary.ts';
import { interruptLostRuns } from '../../src/report/interrupt-lost-runs.ts';
import { countRequest, createHarness, type Harness } from '../support/harness.ts';

const begun = { startedAt: new Date(), traceId: 'a'.repeat(32), leaseSeconds: 30 };
const request = countRequest(60, { types: ['math', 'logic'] });

/** Takes back that a run ended, as if its process had died just before it could say so. */
const forgetEnd = ({ database }: Harness, runId: string) =>
  database.prisma.$executeRaw`
    UPDATE pipeline_runs SET state = 'running', completed_at = NULL, summary = NULL,
      lease_expires_at = now() - interval '1 s' WHERE run_id = ${runId}::uuid`;

describe('interruptLostRuns', () => {
  test('sums a lost run up from its rows: what it stored, by type, difficulty and author', async () => {
    const harness = await createHarness();
    const whole = await harness.run(request);
    await forgetEnd(harness, whole.runId);

    const [summary] = await interruptLostRuns(harness);

    expect(summary).toMatchObject({
      runId: whole.runId,
      traceId: whole.traceId,
      state: 'interrupted',
      seed: 7,
      requested: 60,
      inserted: whole.inserted,
      failed: { not_attempted: 60 - whole.inserted },
      errors: { bySeverity: { fatal: 1 } },
    });
    expect(summary?.byType['math']).toMatchObject({
      requested: 30,
      inserted: whole.byType['math']?.inserted,
    });
    expect(summary?.byDifficulty['hard']?.inserted).toBe(whole.byDifficulty['hard']?.inserted);
    expect(summary?.byProvider['procedural']?.inserted).toBe(whole.inserted);
  });

  test('stores what adds up, leaves it in the outbox, counts it once and announces it once', async () => {
    const harness = await createHarness();
    const order = await harness.plan(request);
    await harness.runs.begin(order.runId, { ...begun, leaseSeconds: -1 });

    const [summary] = await interruptLostRuns(harness);
    const again = await interruptLostRuns(harness);

    if (!summary) throw new Error('expected a summary');
    expect(again).toEqual([]);
    expect(() => assertBalanced(summary)).not.toThrow();
    expect(await harness.runs.find(order.runId)).toMatchObject({ state: 'interrupted', summary });
    expect(await harness.runs.listUnreported(10)).toEqual([summary]);
    expect(harness.memory.metric('pipeline.runs', { outcome: 'interrupted' })).toBe(1);
    expect(harness.memory.metric('pipeline.errors', { severity: 'fatal' })).toBe(1);
    const events = harness.memory.events();
    expect(events.map(({ name }) => name)).toEqual(['generation_run.completed']);
  });

  test('ends a run that was planned and never begun in its time, with all of it not attempted', async () => {
    const harness = await createHarness();
    const order = { runId: randomUUID(), trigger: 'cli', seed: 7, request, attempt: 1 } as const;
    await harness.runs.plan(order, { leaseSeconds: -1 });

    const [summary] = await interruptLostRuns(harness);

    expect(summary).toMatchObject({ runId: order.runId, requested: 60, inserted: 0 });
    expect(summary?.failed.not_attempted).toBe(60);
  });

  test('leaves alone what waits for a worker, and what holds its lease', async () => {
    const harness = await createHarness();
    await harness.plan(request);
    const alive = await harness.plan(request);
    await harness.runs.begin(alive.runId, begun);

    expect(await interruptLostRuns(harness)).toEqual([]);
  });

  test('marks each of many runs once, however many workers look at once', async () => {
    const harness = await createHarness();
    for (let index = 0; index < 20; index += 1) {
      const order = await harness.plan(countRequest(1));
      await harness.runs.begin(order.runId, { ...begun, leaseSeconds: -1 });
    }

    const marked = await Promise.all(Array.from({ length: 6 }, () => interruptLostRuns(harness)));

    expect(marked.flat()).toHaveLength(20);
    expect(harness.memory.metric('pipeline.runs', { outcome: 'interrupted' })).toBe(20);
  });

  test('passes over a run that is storing a batch at this moment', async () => {
    const harness = await createHarness();
    const order = await harness.plan(request);
    await harness.runs.begin(order.runId, { ...begun, leaseSeconds: -1 });
    const { prisma } = harness.database;

    const marked = await prisma.$transaction(async (storing) => {
      await storing.$queryRaw`
        SELECT 1 FROM pipeline_runs WHERE run_id = ${order.runId}::uuid FOR SHARE`;
      return interruptLostRuns(harness);
    });

    expect(marked).toEqual([]);
    expect(await interruptLostRuns(harness)).toHaveLength(1);
  });
});

describe('giveUp', () => {
  test('ends a running run as failed, with a summary of its rows for the outbox', async () => {
    const harness = await createHarness();
    const order = await harness.plan(request);
    await harness.runs.begin(order.runId, begun);

    await harness.runs.giveUp(order.runId);

    expect(await harness.runs.find(order.runId)).toMatchObject({
      state: 'failed',
      summary: { state: 'failed', requested: 60, inserted: 0 },
    });
    expect(await harness.runs.listUnreported(10)).toHaveLength(1);
  });

  test('leaves a run alone that has ended', async () => {
    const harness = await createHarness();
    const { runId } = await harness.run(countRequest(18));

    expect(await harness.runs.giveUp(runId)).toBeUndefined();
    expect(await harness.runs.find(runId)).toMatchObject({ state: 'succeeded' });
  });
});
