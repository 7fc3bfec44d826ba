import { createDatabase } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import type {} from '@aiq/database/testing/global-setup';
import { createTestObservability } from '@aiq/observability/testing';
import { eventually } from '@aiq/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { metrics } from '../../src/telemetry/catalogue.ts';
import { startJobQueue } from '../../src/trigger/job-queue.ts';

/** A time of the day that is far from now, whenever now is. */
const nightly = { cron: `0 ${(new Date().getUTCHours() + 12) % 24} * * *`, timezone: 'UTC' };

/** A queue that keeps a schedule and remembers what fired. */
async function keepSchedule(databaseUrl: string) {
  const { observability } = createTestObservability({ service: 'aiq-question-service', metrics });
  const fired: string[] = [];
  const queue = await startJobQueue({
    databaseUrl,
    telemetry: observability,
    pollSeconds: 0.5,
    retriesMax: 0,
    superviseSeconds: 10,
    scheduled: true,
    scheduleCheckSeconds: 1,
    runSecondsMax: 60,
    silenceSecondsMax: 30,
  });
  await queue.onSchedule(nightly, async (firingId) => {
    fired.push(firingId);
  });
  return { fired, queue };
}

describe('a schedule whose times passed while nobody ran', { timeout: 60_000 }, () => {
  test('is made up for once when somebody runs again, however many times they were', async () => {
    const url = (await testDatabase()).url('question_service');
    const { prisma, close } = createDatabase({ url, applicationName: 'test' });
    onTestFinished(close);
    const lastPass = async () => {
      const [row] = await prisma.$queryRaw<[{ at: Date | null }]>`
        SELECT cron_on AS at FROM pgboss.version`;
      return row.at;
    };
    const first = await keepSchedule(url);
    await eventually(lastPass, { timeoutMs: 20_000, message: 'a look at the schedule' });
    await first.queue.stop();
    await prisma.$executeRaw`UPDATE pgboss.version SET cron_on = now() - interval '3 days'`;
    await prisma.$executeRaw`UPDATE pgboss.schedule SET created_on = now() - interval '9 days'`;

    const second = await keepSchedule(url);
    const { fired } = second;
    await eventually(() => fired.length > 0, { timeoutMs: 20_000, message: 'the firing' });
    const at = await lastPass();
    await eventually(async () => Number(await lastPass()) > Number(at), {
      timeoutMs: 20_000,
      message: 'another look at the schedule',
    });
    await second.queue.stop();

    expect(first.fired).toEqual([]);
    expect(fired).toHaveLength(1);
  });
});
