import type { Prisma } from '@aiq/database';
import type { TraceContext } from '@aiq/observability';
import { fromPrisma, PgBoss } from 'pg-boss';
import type { RunOrder } from '../storage/pipeline-runs-repository.ts';
import type { Telemetry } from '../telemetry/catalogue.ts';

/** What a job carries: the run's first order, and the trace of the request that asked for it. */
export interface RunJob {
  readonly order: RunOrder;
  readonly traceContext: TraceContext;
}

export interface JobQueue {
  /** Hands a run to the workers; within the transaction that plans it, where there is one. */
  enqueue(job: RunJob, transaction?: Prisma.TransactionClient): Promise<void>;
  /** Works on one job at a time; a handler that throws gives the job back to be tried again. */
  work(handler: (job: RunJob) => Promise<void>): Promise<void>;
  /** @throws When the queue cannot be asked. */
  check(): Promise<void>;
  /** Takes no more jobs, waits for the one in work, and closes. */
  stop(): Promise<void>;
}

interface Options {
  readonly databaseUrl: string;
  readonly telemetry: Telemetry;
  readonly pollSeconds: number;
  readonly retriesMax: number;
  /** A job in work for longer than this is taken for lost. */
  readonly runSecondsMax: number;
  /** A worker that has been silent for this long is taken for dead. */
  readonly silenceSecondsMax: number;
}

const queueName = 'pipeline-run';
const stopTimeoutMs = 25_000;

/** Starts the queue of runs, in Postgres: pg-boss in the schema `pgboss`, which migrations have made. */
export async function startJobQueue(options: Options): Promise<JobQueue> {
  const { databaseUrl, telemetry, pollSeconds, retriesMax } = options;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'aiq-question-service-queue',
    schema: 'pgboss',
    createSchema: false,
    max: 4,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    schedule: false,
  });
  boss.on('error', (error) => telemetry.logger.warn('job queue', { error: String(error) }));
  await boss.start();
  const settings = {
    retryLimit: retriesMax,
    retryDelay: 1,
    retryBackoff: true,
    expireInSeconds: Math.ceil(options.runSecondsMax),
    heartbeatSeconds: Math.max(10, Math.ceil(options.silenceSecondsMax)),
  };
  await boss.createQueue(queueName, settings);
  await boss.updateQueue(queueName, settings);

  return {
    async enqueue(job, transaction) {
      const db = transaction ? { db: fromPrisma(transaction) } : {};
      await boss.send(queueName, { ...job }, { id: job.order.runId, ...db });
    },
    async work(handler) {
      const workOptions = { batchSize: 1, pollingIntervalSeconds: pollSeconds };
      await boss.work<RunJob>(queueName, workOptions, async ([job]) => {
        if (job) await handler(job.data);
      });
    },
    async check() {
      const queue = await boss.getQueue(queueName);
      if (!queue) throw new Error(`the queue ${queueName} is gone`);
    },
    stop: () => boss.stop({ graceful: true, timeout: stopTimeoutMs }),
  };
}
