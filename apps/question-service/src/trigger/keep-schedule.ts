import type { Config } from '../config.ts';
import type { Dependencies } from '../dependencies.ts';
import type { JobQueue } from './job-queue.ts';

interface Options extends Pick<Dependencies, 'runs' | 'createOrder' | 'telemetry' | 'config'> {
  readonly queue: Pick<JobQueue, 'enqueue' | 'onSchedule'>;
  readonly schedule: Config['schedule'];
}

/**
 * Plans a run at each time of the schedule, where it is on: as many questions as configured, shared out by what
 * strata lack. However many replicas keep it, and however often a time is delivered, it makes one run.
 */
export async function keepSchedule(options: Options): Promise<void> {
  const { queue, schedule, telemetry } = options;
  if (!schedule.enabled) return;
  await queue.onSchedule(schedule, (firingId) => planScheduledRun(firingId, options));
  const { cron, timezone } = schedule;
  telemetry.logger.info('runs are scheduled', { cron, timezone });
}

async function planScheduledRun(firingId: string, options: Options): Promise<void> {
  const { runs, queue, createOrder, telemetry, config, schedule } = options;
  // The run has the id of its time: a time that is delivered again finds it planned.
  if (await runs.find(firingId)) return;
  const request = {
    kind: 'balance',
    target: config.inventory.target,
    count: schedule.count,
  } as const;
  const order = { ...createOrder({ trigger: 'schedule', request }), runId: firingId };
  const job = { order, traceContext: telemetry.traceContext() };
  await runs.plan(order, { together: (transaction) => queue.enqueue(job, transaction) });
  telemetry.logger.info('run planned', { run_id: order.runId, trigger: order.trigger });
}
