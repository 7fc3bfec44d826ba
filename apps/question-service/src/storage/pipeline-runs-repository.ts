import type { Database, Prisma } from '@aiq/database';
import { type RunRequest, spreadEvenly } from '../generation/plan.ts';
import type { RunSummary } from '../pipeline/run-summary.ts';
import type { RunTrigger } from '../telemetry/labels.ts';
import { createLostRunsRepository } from './lost-runs-repository.ts';

/** What a run was asked to do, as it is stored and as a job carries it. */
export interface RunOrder {
  readonly runId: string;
  readonly trigger: RunTrigger;
  readonly seed: number;
  readonly request: RunRequest;
  /** What each attempt may spend on models, in US dollars: then it begins nothing more. */
  readonly maxCostUsd?: number;
  /** From 1: an interrupted run is tried again under a new id that links to this one. */
  readonly attempt: number;
  readonly previousRunId?: string;
}

/** A run as an operator sees it. */
export interface RunRecord {
  readonly runId: string;
  readonly state: string;
  readonly trigger: string;
  readonly attempt: number;
  readonly previousRunId: string | null;
  readonly traceId: string | null;
  readonly reportedAt: Date | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly completedAt: Date | null;
  readonly summary: RunSummary | null;
}

const columns = {
  runId: true,
  state: true,
  trigger: true,
  attempt: true,
  previousRunId: true,
  traceId: true,
  reportedAt: true,
  createdAt: true,
  startedAt: true,
  completedAt: true,
  summary: true,
} as const;

/** The door to `pipeline_runs`. Leases are told by the database's clock, which all workers share. */
export function createPipelineRunsRepository(database: Pick<Database, 'prisma'>) {
  const { prisma } = database;
  return {
    ...createLostRunsRepository(database),

    /**
     * Plans a run. What `together` does in the same transaction happens with it, or neither does.
     *
     * @param options.leaseSeconds Time in which it must begin, or else counts as interrupted. A run that the
     *   queue keeps has none: it waits until a worker is free.
     */
    async plan(
      order: RunOrder,
      options: {
        readonly leaseSeconds?: number;
        readonly together?: (transaction: Prisma.TransactionClient) => Promise<unknown>;
      } = {},
    ): Promise<void> {
      const { leaseSeconds = null, together } = options;
      const { runId, trigger, attempt, previousRunId = null } = order;
      const plan = JSON.stringify(planOf(order));
      await prisma.$transaction(async (transaction) => {
        await transaction.$executeRaw`
          INSERT INTO pipeline_runs (run_id, trigger, attempt, previous_run_id, plan, lease_expires_at)
          VALUES (${runId}::uuid, ${trigger}::run_trigger, ${attempt}, ${previousRunId}::uuid,
            ${plan}::jsonb, now() + make_interval(secs => ${leaseSeconds}::double precision))`;
        await together?.(transaction);
      });
    },

    /** Takes a planned run into work; false when it is not `planned` any more. */
    async begin(
      runId: string,
      {
        startedAt,
        traceId,
        leaseSeconds,
      }: { startedAt: Date; traceId: string; leaseSeconds: number },
    ): Promise<boolean> {
      const begun = await prisma.$executeRaw`
        UPDATE pipeline_runs
        SET state = 'running', started_at = ${startedAt}, trace_id = ${traceId},
            lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
        WHERE run_id = ${runId}::uuid AND state = 'planned'`;
      return begun === 1;
    },

    /** False when the run is not `running` any more: it must stop. */
    async renewLease(runId: string, leaseSeconds: number): Promise<boolean> {
      const renewed = await prisma.$executeRaw`
        UPDATE pipeline_runs SET lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
        WHERE run_id = ${runId}::uuid AND state = 'running'`;
      return renewed === 1;
    },

    /** Stores a run's summary; false when the run had been marked interrupted meanwhile. */
    async finish(summary: RunSummary): Promise<boolean> {
      const { count } = await prisma.pipelineRun.updateMany({
        where: { runId: summary.runId, state: 'running' },
        data: {
          state: summary.state,
          summary: structuredClone(summary) as object,
          completedAt: new Date(summary.completedAt),
          leaseExpiresAt: null,
        },
      });
      return count === 1;
    },

    /** Gives a run that was marked interrupted its own summary of what it did, to be reported again. */
    async attachSummary(summary: RunSummary): Promise<void> {
      await prisma.pipelineRun.updateMany({
        where: { runId: summary.runId, state: 'interrupted' },
        data: { summary: structuredClone(summary) as object, reportedAt: null },
      });
    },

    async markReported(runId: string): Promise<void> {
      await prisma.pipelineRun.updateMany({
        where: { runId },
        data: { reportedAt: new Date(), reportAttempts: { increment: 1 } },
      });
    },

    async countReportAttempt(runId: string): Promise<void> {
      await prisma.pipelineRun.updateMany({
        where: { runId },
        data: { reportAttempts: { increment: 1 } },
      });
    },

    /** The outbox: summaries that the backend has not taken yet, least tried and oldest first. */
    async listUnreported(limit: number): Promise<RunSummary[]> {
      const rows = await prisma.$queryRaw<{ summary: RunSummary }[]>`
        SELECT summary FROM pipeline_runs
        WHERE reported_at IS NULL AND summary IS NOT NULL
        ORDER BY report_attempts, completed_at
        LIMIT ${limit}`;
      return rows.map((row) => row.summary);
    },

    async find(runId: string): Promise<RunRecord | undefined> {
      const row = await prisma.pipelineRun.findUnique({ where: { runId }, select: columns });
      return row ? { ...row, summary: row.summary as RunSummary | null } : undefined;
    },

    /** The attempt that took up an interrupted run, where there is one. */
    async findSuccessor(runId: string): Promise<string | undefined> {
      const row = await prisma.pipelineRun.findFirst({
        where: { previousRunId: runId },
        select: { runId: true },
      });
      return row?.runId;
    },

    /** Newest first. */
    async list(limit: number): Promise<RunRecord[]> {
      const rows = await prisma.pipelineRun.findMany({
        orderBy: { createdAt: 'desc' },
        take: limit,
        select: columns,
      });
      return rows.map((row) => ({ ...row, summary: row.summary as RunSummary | null }));
    },
  };
}

export type PipelineRunsRepository = ReturnType<typeof createPipelineRunsRepository>;

/** What a run is known by before it has begun; balancing and filling choose their strata when they begin. */
function planOf({ seed, request, maxCostUsd }: RunOrder) {
  const ceiling = maxCostUsd === undefined ? {} : { maxCostUsd };
  if (request.kind !== 'count') return { seed, request, ...ceiling };
  const { count, types, difficulties } = request;
  return { seed, request, ...ceiling, strata: spreadEvenly(count, types, difficulties) };
}
