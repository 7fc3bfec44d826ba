import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RunJob, Schedule } from '../../src/trigger/job-queue.ts';
import { keepSchedule } from '../../src/trigger/keep-schedule.ts';
import { config, createHarness } from '../support/harness.ts';

/** A queue whose schedule fires when the test says so. */
function createQueue() {
  const jobs: RunJob[] = [];
  const kept: { schedule: Schedule; fire: (firingId: string) => Promise<void> }[] = [];
  return {
    jobs,
    kept,
    enqueue: async (job: RunJob) => {
      jobs.push(job);
    },
    onSchedule: async (schedule: Schedule, fire: (firingId: string) => Promise<void>) => {
      kept.push({ schedule, fire });
    },
  };
}

async function keep(enabled: boolean) {
  const harness = await createHarness();
  const queue = createQueue();
  await keepSchedule({
    ...harness,
    config,
    telemetry: harness.memory.observability,
    createOrder: ({ trigger, request }) => ({
      runId: randomUUID(),
      trigger,
      request,
      seed: 1,
      attempt: 1,
    }),
    queue,
    schedule: { ...config.schedule, enabled },
  });
  return { harness, queue };
}

describe('keepSchedule', () => {
  test('keeps nothing where it is off, as in development', async () => {
    const { queue } = await keep(config.schedule.enabled);

    expect(queue.kept).toEqual([]);
  });

  test('plans a run by what strata lack, as many questions as configured', async () => {
    const { harness, queue } = await keep(true);
    const firingId = randomUUID();

    await queue.kept[0]?.fire(firingId);

    const { count } = config.schedule;
    expect(queue.kept[0]?.schedule).toMatchObject({ cron: '0 2 * * *', timezone: 'UTC' });
    expect(queue.jobs.map(({ order }) => order)).toMatchObject([
      { runId: firingId, trigger: 'schedule', request: { kind: 'balance', target: 100, count } },
    ]);
    expect(await harness.runs.find(firingId)).toMatchObject({ state: 'planned' });
  });

  test('makes one run of a time that is delivered again', async () => {
    const { harness, queue } = await keep(true);
    const firingId = randomUUID();

    await queue.kept[0]?.fire(firingId);
    await queue.kept[0]?.fire(firingId);

    expect(queue.jobs).toHaveLength(1);
    expect(await harness.runs.list(10)).toHaveLength(1);
  });
});
