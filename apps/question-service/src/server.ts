import { runMain } from '@aiq/observability';
import { serve } from '@aiq/observability/fastify';
import { buildApp } from './app.ts';
import { loadServiceConfig } from './config.ts';
import { type Dependencies, openDependencies } from './dependencies.ts';
import { observability as telemetry } from './instrument.ts';
import { startUpFailure } from './start-up-failure.ts';
import { keepHouse } from './trigger/housekeeping.ts';
import { type JobQueue, startJobQueue } from './trigger/job-queue.ts';
import { workOnJob } from './trigger/run-worker.ts';

await runMain(telemetry, async (stop) => {
  try {
    await start(stop);
    return undefined;
  } catch (error) {
    const failure = startUpFailure(error);
    if (!failure) throw error;
    telemetry.logger.error(failure.message);
    return failure.code;
  }
});

/** Starts from the bottom up, serves until `stop` fires, and closes in the reverse order. */
async function start(stop: AbortSignal): Promise<void> {
  const config = loadServiceConfig();
  const log = (line: string) => telemetry.logger.info(line);
  const dependencies = await openDependencies({ config, telemetry, stop, log });
  try {
    await dependencies.ping();
    const queue = await startJobQueue({
      ...config.queue,
      databaseUrl: dependencies.databaseUrl,
      telemetry,
      runSecondsMax: config.run.deadlineSeconds + 600,
      // Later than the lease, so that the run of a dead worker can be taken up when its job comes again.
      silenceSecondsMax: config.lease.durationSeconds + 10,
    });
    try {
      await serveAndWork({ config, dependencies, queue, stop });
    } finally {
      await queue.stop();
    }
  } finally {
    await dependencies.close();
  }
}

async function serveAndWork(parts: {
  readonly config: ReturnType<typeof loadServiceConfig>;
  readonly dependencies: Dependencies;
  readonly queue: JobQueue;
  readonly stop: AbortSignal;
}): Promise<void> {
  const { config, dependencies, queue, stop } = parts;
  const app = await buildApp(parts);
  const { host, port, drainDelayMs } = config.server;
  const beside = async (): Promise<void> => {
    await queue.work((job) => workOnJob(job, dependencies, stop));
    await keepHouse({
      ...dependencies,
      stop,
      leaseCheckSeconds: config.lease.renewSeconds,
      outboxIntervalSeconds: config.report.outboxIntervalSeconds,
    });
  };
  await serve(app, { observability: telemetry, stop, host, port, drainDelayMs, beside });
}
