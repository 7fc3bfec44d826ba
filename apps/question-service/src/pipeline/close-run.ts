import type { PipelineRunsRepository, RunOrder } from '../storage/pipeline-runs-repository.ts';
import type { QuestionsRepository } from '../storage/questions-repository.ts';
import type { StageContext } from './pipeline-context.ts';
import { AccountingError, outcomeOf, type RunSummary } from './run-summary.ts';

interface OpenRun {
  readonly order: RunOrder;
  readonly startedAt: Date;
  readonly traceId: string;
  readonly interrupted: boolean;
  /** The plan could not be made or met. */
  readonly broken: boolean;
}

interface ClosingContext extends StageContext {
  readonly questions: Pick<QuestionsRepository, 'countByRun'>;
  readonly runs: Pick<PipelineRunsRepository, 'finish' | 'attachSummary' | 'giveUp'>;
  readonly now: () => Date;
}

/**
 * Closes a run's account, holds it against the rows, stores the summary and announces it.
 *
 * @throws {AccountingError} accounting_mismatch when the counts do not add up.
 */
export async function closeRun(run: OpenRun, context: ClosingContext): Promise<RunSummary> {
  const { telemetry, ledger, runs } = context;
  try {
    await compareWithRows(run, context);
    const summary = summarise(run, context);
    if (await runs.finish(summary)) {
      ledger.ended(summary.state, summary.trigger, summary.durationSeconds);
      telemetry.recordEvent('generation_run.completed', { ...summary });
      return summary;
    }
    // Marked interrupted by another worker, who counted and announced it: that stands, and this says what was done.
    const interrupted: RunSummary = { ...summary, state: 'interrupted' };
    await runs.attachSummary(interrupted);
    return interrupted;
  } catch (error) {
    const durationSeconds = secondsBetween(run.startedAt, context.now());
    ledger.ended('failed', run.order.trigger, durationSeconds);
    // Best effort: where the database is away the lease expires, and the run is marked interrupted.
    await runs.giveUp(run.order.runId).catch(() => {});
    throw error;
  }
}

function summarise(run: OpenRun, { ledger, now }: ClosingContext): RunSummary {
  const { order, startedAt, traceId, interrupted, broken } = run;
  const account = ledger.close();
  const completedAt = now();
  return {
    runId: order.runId,
    traceId,
    trigger: order.trigger,
    state: outcomeOf(account, { interrupted, broken }),
    seed: order.seed,
    startedAt: startedAt.toISOString(),
    completedAt: completedAt.toISOString(),
    durationSeconds: secondsBetween(startedAt, completedAt),
    ...account,
  };
}

/** The rows are the truth: a difference is a defect, or a batch whose commit could not be confirmed. */
async function compareWithRows(run: OpenRun, context: ClosingContext): Promise<void> {
  const { questions, ledger, telemetry } = context;
  const { runId } = run.order;
  const rows = await questions.countByRun(runId);
  const { inserted } = ledger.steps;
  if (rows === inserted) return;
  ledger.error('database', 'error');
  telemetry.captureError(
    new AccountingError(
      `run ${runId} counted ${inserted} inserted questions; the bank holds ${rows}`,
    ),
  );
}

function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / 1000);
}
