import type { EmbeddingCacheRepository } from '../deduplication/embedding-cache-repository.ts';
import { interruptLostRuns } from '../report/interrupt-lost-runs.ts';
import type { RunReporter } from '../report/run-reporter.ts';
import { pause } from '../resilience/pause.ts';
import type { PipelineRunsRepository } from '../storage/pipeline-runs-repository.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';

interface Options {
  readonly runs: Pick<PipelineRunsRepository, 'interruptExpired'>;
  readonly reporter: Pick<RunReporter, 'reportOutstanding'>;
  readonly embeddingCache: Pick<EmbeddingCacheRepository, 'deleteOlderThan'>;
  readonly telemetry: Telemetry;
  readonly leaseCheckSeconds: number;
  readonly outboxIntervalSeconds: number;
  /** How long vectors stay in the cache. */
  readonly cacheDays: number;
  readonly now: () => Date;
  readonly stop: AbortSignal;
}

const cacheCheckSeconds = 3_600;
const dayMs = 86_400_000;

/**
 * What a server does beside serving: marks runs interrupted whose worker is gone, reports runs that the
 * backend has not taken yet, and forgets vectors that were cached long ago. Resolves when `stop` has fired and the work in hand is done.
 */
export async function keepHouse(options: Options): Promise<void> {
  const { runs, reporter, embeddingCache, telemetry } = options;
  const { leaseCheckSeconds, outboxIntervalSeconds, cacheDays, now } = options;
  await Promise.all([
    every(leaseCheckSeconds, options, async () => {
      await interruptLostRuns({ runs, telemetry });
    }),
    every(outboxIntervalSeconds, options, async () => {
      const accepted = await reporter.reportOutstanding();
      if (accepted > 0) telemetry.logger.info('runs reported from the outbox', { accepted });
    }),
    every(cacheCheckSeconds, options, async () => {
      const moment = new Date(now().getTime() - cacheDays * dayMs);
      const deleted = await embeddingCache.deleteOlderThan(moment);
      if (deleted > 0) telemetry.logger.info('old vectors left the embedding cache', { deleted });
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
