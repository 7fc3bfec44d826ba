import type { Database, Prisma } from '@aiq/database';
import type { RunRequest } from '../generation/plan.ts';
import type { RunSummary } from '../pipeline/run-summary.ts';
import type { RunTrigger } from '../telemetry/labels.ts';

/** What a run was asked to do, as it is stored and as a job carries it. */
export interface RunOrder {
  readonly runId: string;
  readonly trigger: RunTrigger;
  readonly seed: number;
  readonly request: RunRequest;
  /** What it may spend on models, in US dollars: then it begins nothing more. */
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
export function createPipelineRunsRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    /** Plans a run; what `together` does in the same transaction happens with it, or neither does. */
    async plan(
      order: RunOrder,
      together: (transaction: Prisma.TransactionClient) => Promise<unknown> = async () => {},
    ): Promise<void> {
      const { runId, trigger, attempt, previousRunId = null, seed, request, maxCostUsd } = order;
      const plan = {
        seed,
        request: { ...request },
        ...(maxCostUsd === undefined ? {} : { maxCostUsd }),
      } as object;
      await prisma.$transaction(async (transaction) => {
        await transaction.pipelineRun.create({
          data: { runId, trigger, attempt, previousRunId, plan },
        });
        await together(transaction);
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

    /** Marks every running run interrupted whose lease has expired, and returns their ids. */
    async interruptExpired(): Promise<string[]> {
      const rows = await prisma.$queryRaw<{ run_id: string }[]>`
        UPDATE pipeline_runs SET state = 'interrupted', completed_at = now()
        WHERE state = 'running' AND lease_expires_at < now()
        RETURNING run_id`;
      return rows.map((row) => row.run_id);
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

    /** Gives a run that was marked interrupted the summary of what it did. */
    async attachSummary(summary: RunSummary): Promise<void> {
      await prisma.pipelineRun.updateMany({
        where: { runId: summary.runId, state: 'interrupted' },
        data: { summary: structuredClone(summary) as object },
      });
    },

    /** Ends a running run that has no summary. */
    async giveUp(runId: string): Promise<void> {
      await prisma.pipelineRun.updateMany({
        where: { runId, state: 'running' },
        data: { state: 'failed', completedAt: new Date(), leaseExpiresAt: null },
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
