import type { Database, Prisma } from '@aiq/database';
import type { StratumCount } from '../generation/plan.ts';
import type { RunSummary } from '../pipeline/run-summary.ts';
import { reconstructSummary } from './reconstruct-summary.ts';

/** Runs ended at once at most; the rest is ended at the next look. */
const endedAtOnce = 50;

interface LostRow {
  readonly runId: string;
  readonly traceId: string | null;
  readonly trigger: RunSummary['trigger'];
  readonly plan: { readonly seed: number; readonly strata?: readonly StratumCount[] };
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/**
 * Ends runs whose process cannot do it: their state and a summary of their rows, in one transaction. A run that
 * is storing a batch at this moment is alive, and is passed over.
 */
export function createLostRunsRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    /** Marks every run interrupted whose lease has expired, and returns their summaries. */
    interruptExpired: (): Promise<RunSummary[]> =>
      prisma.$transaction(async (transaction) => {
        const rows = await transaction.$queryRaw<LostRow[]>`
          SELECT run_id AS "runId", trace_id AS "traceId", trigger::text AS trigger, plan,
            coalesce(started_at, created_at) AS "startedAt", now() AS "endedAt"
          FROM pipeline_runs
          WHERE state IN ('planned', 'running') AND lease_expires_at < now()
          ORDER BY lease_expires_at LIMIT ${endedAtOnce} FOR UPDATE SKIP LOCKED`;
        return endAll(transaction, rows, 'interrupted');
      }),

    /** Ends a run as failed that nobody will carry on; nothing where it has ended. */
    giveUp: (runId: string): Promise<RunSummary | undefined> =>
      prisma.$transaction(async (transaction) => {
        const rows = await transaction.$queryRaw<LostRow[]>`
          SELECT run_id AS "runId", trace_id AS "traceId", trigger::text AS trigger, plan,
            coalesce(started_at, created_at) AS "startedAt", now() AS "endedAt"
          FROM pipeline_runs WHERE run_id = ${runId}::uuid AND state IN ('planned', 'running') FOR UPDATE`;
        return (await endAll(transaction, rows, 'failed'))[0];
      }),
  };
}

async function endAll(
  transaction: Prisma.TransactionClient,
  rows: readonly LostRow[],
  state: 'interrupted' | 'failed',
): Promise<RunSummary[]> {
  const summaries: RunSummary[] = [];
  for (const { plan, ...row } of rows) {
    const stored = await transaction.question.groupBy({
      by: ['type', 'difficultyLevel', 'provider'],
      where: { runId: row.runId },
      _count: true,
    });
    const summary = reconstructSummary({
      ...row,
      state,
      seed: plan.seed,
      planned: plan.strata ?? [],
      stored: stored.map(({ _count: count, ...group }) => ({ ...group, count })),
    });
    await transaction.pipelineRun.update({
      where: { runId: row.runId },
      data: {
        state,
        summary: structuredClone(summary) as object,
        completedAt: row.endedAt,
        leaseExpiresAt: null,
      },
    });
    summaries.push(summary);
  }
  return summaries;
}
