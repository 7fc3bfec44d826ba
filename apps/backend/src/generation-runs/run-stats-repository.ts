import type { Database } from '@aiq/database';
import type { DayTotals, LossTotals, StatsWindow } from './run-stats.ts';

/** Sums over generation_runs: by the database, which need not send the summaries. */
export function createRunStatsRepository({ prisma }: Database) {
  return {
    /** Sums the runs that started in a window by day, in UTC, and by how they ended. */
    sumByDay: ({ from, to }: StatsWindow): Promise<DayTotals[]> => prisma.$queryRaw<DayTotals[]>`
      SELECT to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, state::text AS state,
        count(*)::integer AS runs,
        sum(requested)::double precision AS requested,
        sum((summary->>'generated')::bigint)::double precision AS generated,
        sum((summary->>'approved')::bigint)::double precision AS approved,
        sum(inserted)::double precision AS inserted,
        sum((summary#>>'{cost,usd}')::double precision) AS "costUsd",
        sum((summary#>>'{cost,unpricedCalls}')::bigint)::double precision AS "unpricedCalls",
        sum((summary#>>'{stages,generation,seconds}')::double precision) AS "generationSeconds",
        sum((summary#>>'{stages,evaluation,seconds}')::double precision) AS "evaluationSeconds",
        sum((summary#>>'{stages,deduplication,seconds}')::double precision) AS "deduplicationSeconds",
        sum((summary#>>'{stages,storage,seconds}')::double precision) AS "storageSeconds"
      FROM generation_runs WHERE started_at >= ${from} AND started_at < ${to}
      GROUP BY 1, 2 ORDER BY 1, 2`,

    /** Sums what they lost, by reason. */
    sumLosses: ({ from, to }: StatsWindow): Promise<LossTotals[]> => prisma.$queryRaw<LossTotals[]>`
      SELECT lost.kind, lost.reason, sum(lost.questions)::double precision AS questions
      FROM generation_runs CROSS JOIN LATERAL (
        SELECT kind, entry.key AS reason, entry.value::bigint AS questions
        FROM unnest(ARRAY['failed', 'rejected', 'duplicates', 'insertFailed']) AS kind
        CROSS JOIN LATERAL jsonb_each_text(summary->kind) AS entry
        UNION ALL
        SELECT 'unjudged', 'unjudged', (summary->>'unjudged')::bigint
      ) AS lost
      WHERE started_at >= ${from} AND started_at < ${to}
      GROUP BY 1, 2 ORDER BY 1, 2`,
  };
}

export type RunStatsRepository = ReturnType<typeof createRunStatsRepository>;
