import { interruptLostRuns } from '../report/interrupt-lost-runs.ts';
import type { RunReporter } from '../report/run-reporter.ts';
import { pause } from '../resilience/pause.ts';
import type { PipelineRunsRepository } from '../storage/pipeline-runs-repository.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';

interface Options {
  readonly runs: Pick<PipelineRunsRepository, 'interruptExpired'>;
  readonly reporter: Pick<RunReporter, 'reportOutstanding'>;
  readonly telemetry: Telemetry;
  readonly leaseCheckSeconds: number;
  readonly outboxIntervalSeconds: number;
  readonly stop: AbortSignal;
}

/**
 * What a server does beside serving: marks runs interrupted whose worker is gone, and reports runs that
 * the backend has not taken yet. Resolves when `stop` has fired and the work in hand is done.
 */
export async function keepHouse(options: Options): Promise<void> {
  const { runs, reporter, telemetry, leaseCheckSeconds, outboxIntervalSeconds } = options;
  await Promise.all([
    every(leaseCheckSeconds, options, async () => {
      await interruptLostRuns({ runs, telemetry });
    }),
    every(outboxIntervalSeconds, options, async () => {
      const accepted = await reporter.reportOutstanding();
      if (accepted > 0) telemetry.logger.info('runs reported from the outbox', { accepted });
    }),
  ]);
}

async function every(
  seconds: number,
  { stop, telemetry }: Pick<Options, 'stop' | 'telemetry'>,
  work: () => Promise<void>,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await work();
    } catch (error) {
      // A database that is away is told by the health check; the next turn tries again.
      telemetry.logger.warn('housekeeping failed', { error: String(error) });
    }
    await pause(seconds * 1000, stop);
  }
}
