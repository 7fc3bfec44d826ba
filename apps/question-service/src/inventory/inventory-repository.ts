import type { Database, Prisma } from '@aiq/database';
import type { StratumCount } from '../generation/plan.ts';
import type { Stratum } from '../questions/question.ts';
import { completeStock, expectedStock, type StratumStock } from './stratum-stock.ts';

/** The advisory lock that planning holds: any number, the same in every worker. */
const planningLock = 4_180_001;

const transactionTimeouts = { maxWait: 10_000, timeout: 15_000 };

type Client = Pick<Prisma.TransactionClient, '$queryRaw' | 'question'>;

/** The door to the stock of questions: what is there, and what live runs have planned. */
export function createInventoryRepository({ prisma }: Pick<Database, 'prisma'>) {
  return {
    /** All 18 strata; of the plans, those of `except` are left out. */
    read: (except?: string): Promise<StratumStock[]> => readStock(prisma, except),

    /**
     * Lets a run choose what it is going to store, while nobody else chooses: what it takes counts as planned
     * for everybody else from then on, until it is stored or the run has ended.
     *
     * @param choose Given the stock as it will be once all others are done.
     */
    reserve(
      runId: string,
      choose: (expected: readonly StratumCount[]) => readonly StratumCount[],
    ): Promise<readonly StratumCount[]> {
      return prisma.$transaction(async (transaction) => {
        await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${planningLock}::bigint)`;
        const chosen = choose(expectedStock(await readStock(transaction, runId)));
        const stored = await readStored(transaction, runId);
        const strata = JSON.stringify(add(stored, chosen));
        await transaction.$executeRaw`
          UPDATE pipeline_runs SET plan = jsonb_set(plan, '{strata}', ${strata}::jsonb)
          WHERE run_id = ${runId}::uuid`;
        return chosen;
      }, transactionTimeouts);
    },
  };
}

export type InventoryRepository = ReturnType<typeof createInventoryRepository>;

interface StockRow {
  readonly type: Stratum['type'];
  readonly difficultyLevel: Stratum['difficultyLevel'];
  readonly active: number;
  readonly planned: number;
}

/** A run is live until its lease has expired; one that waits for a worker has none. */
async function readStock(client: Client, except: string | undefined): Promise<StratumStock[]> {
  const rows = await client.$queryRaw<StockRow[]>`
    WITH active AS (
      SELECT type, difficulty_level, count(*) AS questions
      FROM questions WHERE active GROUP BY type, difficulty_level
    ), live AS (
      SELECT run_id, coalesce(plan->'strata', '[]') AS strata FROM pipeline_runs
      WHERE state IN ('planned', 'running') AND run_id IS DISTINCT FROM ${except ?? null}::uuid
        AND (lease_expires_at IS NULL OR lease_expires_at >= now())
    ), stored AS (
      SELECT run_id, type, difficulty_level, count(*) AS questions
      FROM questions WHERE run_id IN (SELECT run_id FROM live) GROUP BY run_id, type, difficulty_level
    ), planned AS (
      SELECT plan.type, plan."difficultyLevel" AS difficulty_level,
        sum(greatest(0, plan.count - coalesce(stored.questions, 0))) AS questions
      FROM live
      CROSS JOIN LATERAL jsonb_to_recordset(live.strata)
        AS plan(type question_type, "difficultyLevel" difficulty_level, count integer)
      LEFT JOIN stored ON stored.run_id = live.run_id AND stored.type = plan.type
        AND stored.difficulty_level = plan."difficultyLevel"
      GROUP BY plan.type, plan."difficultyLevel"
    )
    SELECT type::text AS type, difficulty_level::text AS "difficultyLevel",
      coalesce(active.questions, 0)::integer AS active,
      coalesce(planned.questions, 0)::integer AS planned
    FROM active FULL JOIN planned USING (type, difficulty_level)`;
  return completeStock(rows);
}

async function readStored(client: Client, runId: string): Promise<StratumCount[]> {
  const groups = await client.question.groupBy({
    by: ['type', 'difficultyLevel'],
    where: { runId },
    _count: true,
  });
  return groups.map(({ _count: count, ...stratum }) => ({ ...stratum, count }));
}

/** What a run has stored and what it has chosen next, by stratum. */
function add(stored: readonly StratumCount[], chosen: readonly StratumCount[]): StratumCount[] {
  const sums = new Map<string, StratumCount>();
  for (const { type, difficultyLevel, count } of [...stored, ...chosen]) {
    const key = `${type}/${difficultyLevel}`;
    sums.set(key, { type, difficultyLevel, count: (sums.get(key)?.count ?? 0) + count });
  }
  return [...sums.values()];
}
