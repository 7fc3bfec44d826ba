import type { PipelineRunsRepository } from '../storage/pipeline-runs-repository.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';

export interface RunLease {
  /** Fires when the run was marked interrupted by another worker: it must not go on. */
  readonly lost: AbortSignal;
  lose(): void;
  release(): void;
}

/**
 * Keeps a run alive in the eyes of all workers by renewing its lease. A renewal that fails is no loss yet:
 * the lease outlives several, and the database tells at the next one.
 */
export function holdLease(options: {
  readonly runId: string;
  readonly runs: Pick<PipelineRunsRepository, 'renewLease'>;
  readonly telemetry: Telemetry;
  readonly renewSeconds: number;
  readonly durationSeconds: number;
}): RunLease {
  const { runId, runs, telemetry, renewSeconds, durationSeconds } = options;
  const lost = new AbortController();
  let isRenewing = false;

  async function renew(): Promise<void> {
    if (isRenewing) return;
    isRenewing = true;
    try {
      if (!(await runs.renewLease(runId, durationSeconds))) lost.abort();
    } catch (error) {
      telemetry.logger.warn('lease not renewed', { run_id: runId, error: String(error) });
    } finally {
      isRenewing = false;
    }
  }

  const timer = setInterval(() => void renew(), renewSeconds * 1000);
  return {
    lost: lost.signal,
    lose: () => lost.abort(),
    release: () => clearInterval(timer),
  };
}
