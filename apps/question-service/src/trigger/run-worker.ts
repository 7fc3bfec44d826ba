import { randomUUID } from 'node:crypto';
import { type PipelineDependencies, runPipeline } from '../pipeline/run-pipeline.ts';
import { announceLostRun, interruptLostRuns } from '../report/interrupt-lost-runs.ts';
import type { RunOrder } from '../storage/pipeline-runs-repository.ts';
import type { RunJob } from './job-queue.ts';

/** Thrown to give a job back to the queue: its run was interrupted, or another worker still holds it. */
export class RunUnfinishedError extends Error {
  override readonly name = 'RunUnfinishedError';
  readonly code = 'run_unfinished';
}

/**
 * Works on a job as the continuation of the request that asked for it. A job that is delivered again
 * after its run was interrupted becomes a new attempt, with a run of its own that links to the old one.
 *
 * @throws {RunUnfinishedError} run_unfinished when the job has to be delivered again.
 */
export function workOnJob(
  { order, traceContext }: RunJob,
  dependencies: PipelineDependencies,
  stop: AbortSignal,
): Promise<void> {
  return dependencies.telemetry.withTraceContext(traceContext, async () => {
    const attempt = await takeUp(order, dependencies);
    if (!attempt) return;
    const { summary } = await runPipeline(attempt, dependencies, { stop });
    if (summary.state !== 'interrupted') return;
    throw new RunUnfinishedError(`run ${attempt.runId} was interrupted`);
  });
}

/**
 * Ends the run of a job that was tried as often as it may be, so that an order is never left waiting for a
 * worker that will not come. What an attempt had stored stays.
 */
export async function giveUpJob(
  { order, traceContext }: RunJob,
  { runs, telemetry }: Pick<PipelineDependencies, 'runs' | 'telemetry'>,
): Promise<void> {
  await telemetry.withTraceContext(traceContext, async () => {
    const latest = await findLatest(order.runId, runs);
    const summary = await runs.giveUp(latest.runId);
    if (summary) announceLostRun(summary, telemetry);
    telemetry.captureMessage('a run was tried as often as it may be, and given up', {
      level: 'error',
      context: { operation: 'worker', run_id: order.runId, attempts: latest.attempt },
    });
  });
}

/** The attempt to work on, or none when the order has been carried out. */
async function takeUp(
  order: RunOrder,
  { runs, telemetry, config }: Pick<PipelineDependencies, 'runs' | 'telemetry' | 'config'>,
): Promise<RunOrder | undefined> {
  await interruptLostRuns({ runs, telemetry });
  const latest = await findLatest(order.runId, runs);
  const attempt = { ...order, ...latest };
  if (latest.state === 'planned') return attempt;
  if (latest.state === 'running') {
    throw new RunUnfinishedError(`run ${latest.runId} is in the hands of another worker`);
  }
  if (latest.state !== 'interrupted') return undefined;
  const next: RunOrder = {
    ...order,
    runId: randomUUID(),
    attempt: latest.attempt + 1,
    previousRunId: latest.runId,
  };
  await runs.plan(next, { leaseSeconds: config.lease.durationSeconds });
  return next;
}

async function findLatest(runId: string, runs: PipelineDependencies['runs']) {
  let current = runId;
  for (;;) {
    const successor = await runs.findSuccessor(current);
    if (successor === undefined) break;
    current = successor;
  }
  const record = await runs.find(current);
  if (!record) throw new Error(`expected run ${current} to be planned; there is no such run`);
  return { runId: record.runId, state: record.state, attempt: record.attempt };
}
