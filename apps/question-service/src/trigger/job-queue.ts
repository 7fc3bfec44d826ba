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

/** When something is to happen again and again. */
export interface Schedule {
  /** Cron expression of five fields. */
  readonly cron: string;
  /** Of the IANA database. */
  readonly timezone: string;
}

export interface JobQueue {
  /** Hands a run to the workers; within the transaction that plans it, where there is one. */
  enqueue(job: RunJob, transaction?: Prisma.TransactionClient): Promise<void>;
  /** Works on one job at a time; a handler that throws gives the job back to be tried again. */
  work(handler: (job: RunJob) => Promise<void>): Promise<void>;
  /** Is told of each job that was tried as often as it may be, by one worker of all. */
  onGivenUp(handler: (job: RunJob) => Promise<void>): Promise<void>;
  /**
   * Fires on a schedule that all replicas share: each time one of them is told, with an id of that time. A
   * time that passed while none ran is made up for once.
   */
  onSchedule(schedule: Schedule, handler: (firingId: string) => Promise<void>): Promise<void>;
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
  /** How often jobs are looked for whose worker is gone. */
  readonly superviseSeconds: number;
  /** Looks whether a schedule has fired: `onSchedule` needs it. */
  readonly scheduled: boolean;
  /** How often it looks. */
  readonly scheduleCheckSeconds: number;
  /** A job in work for longer than this is taken for lost. */
  readonly runSecondsMax: number;
  /** A worker that has been silent for this long is taken for dead. */
  readonly silenceSecondsMax: number;
}

const queueName = 'pipeline-run';
const givenUpQueueName = 'pipeline-run-given-up';
const scheduleQueueName = 'pipeline-schedule';
const stopTimeoutMs = 25_000;
/** The least that pg-boss takes. */
const silenceSecondsMin = 10;

/** Starts the queue of runs, in Postgres: pg-boss in the schema `pgboss`, which migrations have made. */
export async function startJobQueue(options: Options): Promise<JobQueue> {
  const { databaseUrl, telemetry, pollSeconds, retriesMax, superviseSeconds } = options;
  const boss = new PgBoss({
    connectionString: databaseUrl,
    application_name: 'aiq-question-service-queue',
    schema: 'pgboss',
    createSchema: false,
    max: 4,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    schedule: options.scheduled,
    cronMonitorIntervalSeconds: options.scheduleCheckSeconds,
    cronWorkerIntervalSeconds: Math.min(5, options.scheduleCheckSeconds),
  });
  boss.on('error', (error) => telemetry.logger.warn('job queue', { error: String(error) }));
  await boss.start();
  await createQueue(boss, givenUpQueueName, { retryLimit: retriesMax });
  await createQueue(boss, queueName, {
    retryLimit: retriesMax,
    retryDelay: 1,
    retryBackoff: true,
    expireInSeconds: Math.ceil(options.runSecondsMax),
    heartbeatSeconds: Math.max(silenceSecondsMin, Math.ceil(options.silenceSecondsMax)),
    deadLetter: givenUpQueueName,
  });

  async function workOn<Data>(
    name: string,
    handler: (job: { readonly id: string; readonly data: Data }) => Promise<void>,
  ): Promise<void> {
    const workOptions = { batchSize: 1, pollingIntervalSeconds: pollSeconds };
    await boss.work<Data>(name, workOptions, async ([job]) => {
      if (job) await handler(job);
    });
  }

  return {
    async enqueue(job, transaction) {
      const db = transaction ? { db: fromPrisma(transaction) } : {};
      await boss.send(queueName, { ...job }, { id: job.order.runId, ...db });
    },
    work: (handler) => workOn<RunJob>(queueName, ({ data }) => handler(data)),
    onGivenUp: (handler) => workOn<RunJob>(givenUpQueueName, ({ data }) => handler(data)),
    async onSchedule({ cron, timezone }, handler) {
      await createQueue(boss, scheduleQueueName, { retryLimit: retriesMax });
      await boss.schedule(scheduleQueueName, cron, null, { tz: timezone, missed: 'once' });
      await workOn(scheduleQueueName, ({ id }) => handler(id));
    },
    async check() {
      const queue = await boss.getQueue(queueName);
      if (!queue) throw new Error(`the queue ${queueName} is gone`);
    },
    stop: () => boss.stop({ graceful: true, timeout: stopTimeoutMs }),
  };
}

type QueueSettings = NonNullable<Parameters<PgBoss['createQueue']>[1]>;

/** Makes a queue, or gives the one that is there these settings. */
async function createQueue(boss: PgBoss, name: string, settings: QueueSettings): Promise<void> {
  await boss.createQueue(name, settings);
  await boss.updateQueue(name, settings);
}
