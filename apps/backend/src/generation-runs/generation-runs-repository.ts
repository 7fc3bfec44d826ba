import type { Database } from '@aiq/database';
import type { RunSummary } from './run-summary-schema.ts';

/** What the backend was told of a run, and when. */
export interface GenerationRun {
  readonly runId: string;
  readonly summary: RunSummary;
  readonly startedAt: Date;
  readonly receivedAt: Date;
  readonly updatedAt: Date;
}

const runColumns = {
  runId: true,
  summary: true,
  startedAt: true,
  receivedAt: true,
  updatedAt: true,
} as const;

/** The door to generation_runs. */
export function createGenerationRunsRepository({ prisma }: Database) {
  return {
    /**
     * Stores a report by its run id, in one statement: reports that cross each other leave one row.
     * Tells whether the run was unknown.
     */
    async upsert(summary: RunSummary): Promise<'created' | 'updated'> {
      const { runId, state, trigger, requested, inserted, traceId } = summary;
      const [row] = await prisma.$queryRaw<{ created: boolean }[]>`
        INSERT INTO generation_runs
          (run_id, state, trigger, summary, requested, inserted, trace_id, started_at, completed_at, updated_at)
        VALUES (${runId}::uuid, ${state}::run_state, ${trigger}::run_trigger, ${JSON.stringify(summary)}::jsonb,
          ${requested}, ${inserted}, ${traceId}, ${new Date(summary.startedAt)},
          ${new Date(summary.completedAt)}, now())
        ON CONFLICT (run_id) DO UPDATE SET state = EXCLUDED.state, trigger = EXCLUDED.trigger,
          summary = EXCLUDED.summary, requested = EXCLUDED.requested, inserted = EXCLUDED.inserted,
          trace_id = EXCLUDED.trace_id, started_at = EXCLUDED.started_at,
          completed_at = EXCLUDED.completed_at, updated_at = now()
        RETURNING (xmax = 0) AS created`;
      return row?.created ? 'created' : 'updated';
    },

    /** Lists runs, newest first, after the one that `cursor` names. */
    async list(page: {
      readonly limit: number;
      readonly cursor?: string | undefined;
    }): Promise<GenerationRun[]> {
      const rows = await prisma.generationRun.findMany({
        select: runColumns,
        orderBy: [{ startedAt: 'desc' }, { runId: 'desc' }],
        take: page.limit,
        ...(page.cursor === undefined ? {} : { cursor: { runId: page.cursor }, skip: 1 }),
      });
      return rows.map(toRun);
    },

    async findByRunId(runId: string): Promise<GenerationRun | undefined> {
      const row = await prisma.generationRun.findUnique({ where: { runId }, select: runColumns });
      return row === null ? undefined : toRun(row);
    },
  };
}

export type GenerationRunsRepository = ReturnType<typeof createGenerationRunsRepository>;

/** The column holds what the schema let in. */
function toRun(row: Omit<GenerationRun, 'summary'> & { summary: unknown }): GenerationRun {
  return { ...row, summary: row.summary as RunSummary };
}
