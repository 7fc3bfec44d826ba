import type { RunSummary } from '../pipeline/run-summary.ts';
import type { PipelineRunsRepository } from '../storage/pipeline-runs-repository.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';

/**
 * Marks runs interrupted whose worker is gone, and says for each what the worker cannot say any more: one event
 * and one count. Their reports to the backend lie in the outbox then.
 */
export async function interruptLostRuns({
  runs,
  telemetry,
}: {
  readonly runs: Pick<PipelineRunsRepository, 'interruptExpired'>;
  readonly telemetry: Telemetry;
}): Promise<RunSummary[]> {
  const lost = await runs.interruptExpired();
  for (const summary of lost) {
    telemetry.logger.warn('run marked interrupted: its lease expired', { run_id: summary.runId });
    announceLostRun(summary, telemetry);
  }
  return lost;
}

/** Counts and announces a run in the place of the process that carried it out. */
export function announceLostRun(summary: RunSummary, telemetry: Telemetry): void {
  const { state: outcome, trigger, durationSeconds, errors } = summary;
  telemetry.recordMetric('pipeline.runs', 1, { outcome, trigger });
  telemetry.recordMetric('pipeline.run.duration', durationSeconds, { outcome });
  // A summary that was put together from rows has one; a run that could still write its own counted its errors.
  const fatal = errors.bySeverity['fatal'] ?? 0;
  if (fatal > 0) {
    telemetry.recordMetric('pipeline.errors', fatal, { category: 'unknown', severity: 'fatal' });
  }
  telemetry.recordEvent('generation_run.completed', { ...summary });
}
