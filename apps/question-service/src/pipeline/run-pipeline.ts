import type { ReportOutcome, RunReporter } from '../report/run-reporter.ts';
import type { RunOrder } from '../storage/pipeline-runs-repository.ts';
import { openRun, type RunDependencies, type RunOptions } from './open-run.ts';
import type { RunSummary } from './run-summary.ts';
import { deduplicateBatch } from './stages/deduplication-stage.ts';
import { evaluateBatch } from './stages/evaluation-stage.ts';
import { generateBatch } from './stages/generation-stage.ts';
import { storeBatch } from './stages/storage-stage.ts';

export interface PipelineDependencies extends RunDependencies {
  readonly reporter: RunReporter;
}

export interface FinishedRun {
  readonly summary: RunSummary;
  readonly report: ReportOutcome;
}

/**
 * Runs a planned run to its end: every batch is generated, evaluated, deduplicated and stored, then the
 * run is summed up and reported. When `stop` fires the batches in hand are finished and the rest is left.
 *
 * Faults of a stage are counted, not thrown.
 *
 * @throws {RunNotPlannedError} run_not_planned when the run is not waiting to begin.
 * @throws When the database cannot be reached to begin or to end the run.
 */
export function runPipeline(
  order: RunOrder,
  dependencies: PipelineDependencies,
  options: RunOptions,
): Promise<FinishedRun> {
  const { telemetry, reporter } = dependencies;
  const attributes = {
    'run.id': order.runId,
    'run.trigger': order.trigger,
    'run.seed': order.seed,
  };
  return telemetry.startSpan('pipeline.run', { attributes }, async (span) => {
    const run = await openRun(order, dependencies, { ...options, traceId: span.traceId });

    await run.forEachBatch(async (batch) => {
      const written = await generateBatch(run, batch);
      if (!written) return;
      const { origin } = written;
      const approved = await evaluateBatch(run, written);
      if (approved.length === 0) return;
      const unique = await deduplicateBatch(run, origin, approved);
      if (unique.length === 0) return;
      await storeBatch(run, origin, unique);
    });

    const summary = await run.close();
    span.setAttributes({ 'run.outcome': summary.state, question_count: summary.inserted });
    if (summary.state === 'failed') span.recordError(new Error('the run stored nothing'));
    return { summary, report: await reporter.report(summary) };
  });
}
