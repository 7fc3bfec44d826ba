import { expect, test } from 'vitest';
import { observeRuns } from '../../src/report/observe-runs.ts';
import { countRequest, createHarness } from '../support/harness.ts';

const day = 24 * 3_600_000;

/** A pipeline with the gauges of its runs. */
async function observed() {
  const harness = await createHarness();
  let reads = 0;
  const counted = {
    readDay: () => {
      reads += 1;
      return harness.runHistory.readDay();
    },
  };
  const { observability: telemetry } = harness.memory;
  observeRuns({ runHistory: counted, telemetry, budget: { dailyUsd: 2.5 } });
  const gauges = async (): Promise<Record<string, number>> => {
    const { body } = await telemetry.metricsText();
    const lines = body.split('\n').filter((line) => /^(pipeline_(day|last)|budget_)/.test(line));
    return Object.fromEntries(
      lines.map((line) => line.split(' ')).map(([name = '', value]) => [name, Number(value)]),
    );
  };
  return { harness, prisma: harness.database.prisma, gauges, reads: () => reads };
}

test('before any run everything is there and 0, but the budget, by one look at the table', async () => {
  const { gauges, reads } = await observed();

  const before = await gauges();

  expect(before).toEqual({
    pipeline_last_success_time_seconds: 0,
    'pipeline_day_runs{outcome="succeeded"}': 0,
    'pipeline_day_runs{outcome="partial"}': 0,
    'pipeline_day_runs{outcome="failed"}': 0,
    'pipeline_day_runs{outcome="interrupted"}': 0,
    'pipeline_day_questions{step="requested"}': 0,
    'pipeline_day_questions{step="generated"}': 0,
    'pipeline_day_questions{step="approved"}': 0,
    'pipeline_day_questions{step="inserted"}': 0,
    pipeline_day_cost_usd: 0,
    budget_daily_usd: 2.5,
  });
  expect(reads()).toBe(1);
});

test('the gauges are the sums of the summaries of the last 24 hours, and the last success is told for ever', async () => {
  const { harness, prisma, gauges } = await observed();
  const first = await harness.run(countRequest(18), { seed: 1 });
  const second = await harness.run(countRequest(36), { seed: 2 });
  const old = await harness.run(countRequest(18), { seed: 3 });
  const endedAt = new Date(Date.now() - day - 60_000);
  await prisma.pipelineRun.update({
    where: { runId: old.runId },
    data: { completedAt: endedAt },
  });
  const priced = { ...second, cost: { ...second.cost, usd: 1.25 } };
  await prisma.pipelineRun.update({
    where: { runId: second.runId },
    data: { state: 'partial', summary: structuredClone(priced) as object },
  });

  const after = await gauges();
  await prisma.pipelineRun.update({ where: { runId: first.runId }, data: { state: 'failed' } });
  const withoutFirst = await gauges();

  expect(after).toMatchObject({
    pipeline_last_success_time_seconds: Date.parse(first.completedAt) / 1_000,
    'pipeline_day_runs{outcome="succeeded"}': 1,
    'pipeline_day_runs{outcome="partial"}': 1,
    'pipeline_day_questions{step="requested"}': 54,
    'pipeline_day_questions{step="generated"}': first.generated + second.generated,
    'pipeline_day_questions{step="approved"}': first.approved + second.approved,
    'pipeline_day_questions{step="inserted"}': first.inserted + second.inserted,
    pipeline_day_cost_usd: 1.25,
  });
  expect(withoutFirst).toMatchObject({
    pipeline_last_success_time_seconds: endedAt.getTime() / 1_000,
    'pipeline_day_runs{outcome="succeeded"}': 0,
  });
});
