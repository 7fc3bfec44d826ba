import type { Database } from '@aiq/database';
import { type RunOutcome, runOutcomes } from '../telemetry/labels.ts';

/** What became of the runs that ended in the last 24 hours, by the database's clock. */
export interface RunHistory {
  /** When the last run that succeeded ended, however long ago; absent where none has. */
  readonly lastSuccessAt: Date | undefined;
  readonly runs: Readonly<Record<RunOutcome, number>>;
  /** Questions of these runs. */
  readonly questions: {
    readonly requested: number;
    readonly generated: number;
    readonly approved: number;
    readonly inserted: number;
  };
  readonly costUsd: number;
}

interface OutcomeRow {
  readonly outcome: RunOutcome;
  readonly runs: number;
  readonly requested: number;
  readonly generated: number;
  readonly approved: number;
  readonly inserted: number;
  readonly costUsd: number;
}

/** The door to what `pipeline_runs` says of the past, over all workers and commands. */
export function createRunHistoryRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    async readDay(): Promise<RunHistory> {
      const [rows, last] = await Promise.all([
        prisma.$queryRaw<OutcomeRow[]>`
          SELECT state::text AS outcome, count(*)::integer AS runs,
            coalesce(sum((summary->>'requested')::integer), 0)::integer AS requested,
            coalesce(sum((summary->>'generated')::integer), 0)::integer AS generated,
            coalesce(sum((summary->>'approved')::integer), 0)::integer AS approved,
            coalesce(sum((summary->>'inserted')::integer), 0)::integer AS inserted,
            coalesce(sum((summary->'cost'->>'usd')::double precision), 0) AS "costUsd"
          FROM pipeline_runs
          WHERE completed_at >= now() - interval '24 hours' AND state NOT IN ('planned', 'running')
          GROUP BY state`,
        prisma.pipelineRun.aggregate({
          where: { state: 'succeeded' },
          _max: { completedAt: true },
        }),
      ]);
      return { ...sumUp(rows), lastSuccessAt: last._max.completedAt ?? undefined };
    },
  };
}

export type RunHistoryRepository = ReturnType<typeof createRunHistoryRepository>;

function sumUp(rows: readonly OutcomeRow[]): Omit<RunHistory, 'lastSuccessAt'> {
  const sum = (field: Exclude<keyof OutcomeRow, 'outcome'>, among = rows): number =>
    among.reduce((total, row) => total + row[field], 0);
  const runs = runOutcomes.map((outcome) => [
    outcome,
    sum(
      'runs',
      rows.filter((row) => row.outcome === outcome),
    ),
  ]);
  return {
    runs: Object.fromEntries(runs) as Record<RunOutcome, number>,
    questions: {
      requested: sum('requested'),
      generated: sum('generated'),
      approved: sum('approved'),
      inserted: sum('inserted'),
    },
    costUsd: sum('costUsd'),
  };
}
