import { serve } from '@aiq/observability/fastify';
import { buildApp } from '../app.ts';
import { loadServiceConfig } from '../config.ts';
import { type Dependencies, openDependencies } from '../dependencies.ts';
import { observeInventory } from '../inventory/observe-inventory.ts';
import { observeRuns } from '../report/observe-runs.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';
import { keepHouse } from './housekeeping.ts';
import { type JobQueue, startJobQueue } from './job-queue.ts';
import { keepSchedule } from './keep-schedule.ts';
import { giveUpJob, workOnJob } from './run-worker.ts';

/** What this process does beside health, metrics and housekeeping, which all do. */
export interface ServiceRole {
  /** Takes orders at /v1/runs. */
  readonly api: boolean;
  /** Works on runs, one at a time. */
  readonly work: boolean;
}

interface Service {
  readonly role: ServiceRole;
  readonly config: ReturnType<typeof loadServiceConfig>;
  readonly dependencies: Dependencies;
  readonly queue: JobQueue;
  readonly telemetry: Telemetry;
  readonly stop: AbortSignal;
}

/** Starts from the bottom up, serves until `stop` fires, and closes in the reverse order. */
export async function runService(
  role: ServiceRole,
  { telemetry, stop }: { readonly telemetry: Telemetry; readonly stop: AbortSignal },
): Promise<void> {
  const config = loadServiceConfig();
  const log = (line: string) => telemetry.logger.info(line);
  const dependencies = await openDependencies({ config, telemetry, stop, log });
  try {
    await dependencies.ping();
    const queue = await startJobQueue({
      ...config.queue,
      databaseUrl: dependencies.databaseUrl,
      telemetry,
      scheduled: config.schedule.enabled,
      runSecondsMax: config.run.deadlineSeconds + 600,
      // Later than the lease, so that the run of a dead worker can be taken up when its job comes again.
      silenceSecondsMax: config.lease.durationSeconds + 10,
    });
    try {
      await serveRole({ role, config, dependencies, queue, telemetry, stop });
    } finally {
      await queue.stop();
    }
  } finally {
    await dependencies.close();
  }
}

async function serveRole(service: Service): Promise<void> {
  const { role, config, dependencies, queue, telemetry, stop } = service;
  const app = await buildApp(service);
  const { host, drainDelayMs } = config.server;
  const port = role.api ? config.server.port : config.worker.port;
  const beside = async (): Promise<void> => {
    const stopObserving = [
      observeInventory(dependencies),
      observeRuns({ ...dependencies, budget: config.budget }),
    ];
    if (role.work) await queue.work((job) => workOnJob(job, dependencies, stop));
    await queue.onGivenUp((job) => giveUpJob(job, dependencies));
    await keepSchedule({ ...dependencies, queue, schedule: config.schedule });
    await keepHouse({
      ...dependencies,
      stop,
      leaseCheckSeconds: config.lease.renewSeconds,
      outboxIntervalSeconds: config.report.outboxIntervalSeconds,
      cacheDays: config.deduplication.cacheDays,
    });
    for (const stopOne of stopObserving) stopOne();
  };
  await serve(app, { observability: telemetry, stop, host, port, drainDelayMs, beside });
}
