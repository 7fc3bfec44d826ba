import type { Database } from '@aiq/database';
import { type Page, type PageRequest, toPage } from '../page.ts';
import type { ReportedState, RunSummary } from './run-summary-schema.ts';

/** What the backend was told of a run, and when. */
export interface GenerationRun {
  readonly runId: string;
  readonly summary: RunSummary;
  readonly startedAt: Date;
  readonly receivedAt: Date;
  readonly updatedAt: Date;
}

export interface RunFilter {
  readonly state?: ReportedState | undefined;
  /** Of the start: from this moment on. */
  readonly from?: string | undefined;
  /** Of the start: before this moment. */
  readonly to?: string | undefined;
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
     * Stores a report by its run id, in one statement: reports that cross each other leave one row, that of the
     * run's latest end. Of two with the same end the one that came last stays, but what says that the run was lost
     * does not replace what the run itself said.
     */
    async upsert(summary: RunSummary): Promise<'created' | 'updated' | 'kept'> {
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
        WHERE generation_runs.completed_at IS NULL
          OR EXCLUDED.completed_at > generation_runs.completed_at
          OR EXCLUDED.completed_at = generation_runs.completed_at
            AND (EXCLUDED.state <> 'interrupted' OR generation_runs.state = 'interrupted')
        RETURNING (xmax = 0) AS created`;
      if (row === undefined) return 'kept';
      return row.created ? 'created' : 'updated';
    },

    /** Lists runs, newest first, after the one that `cursor` names. @throws {ProblemError} unknown_cursor */
    async list(page: PageRequest & RunFilter): Promise<Page<GenerationRun>> {
      const { limit, cursor, state, from, to } = page;
      const started = {
        ...(from === undefined ? {} : { gte: new Date(from) }),
        ...(to === undefined ? {} : { lt: new Date(to) }),
      };
      const rows = await prisma.generationRun.findMany({
        select: runColumns,
        where: { startedAt: started, ...(state === undefined ? {} : { state }) },
        orderBy: [{ startedAt: 'desc' }, { runId: 'desc' }],
        take: limit + 1,
        ...(cursor === undefined ? {} : { cursor: { runId: cursor }, skip: 1 }),
      });
      return toPage(rows.map(toRun), page, {
        idOf: ({ runId }) => runId,
        isKnown: async (runId) => (await prisma.generationRun.count({ where: { runId } })) > 0,
      });
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
