import type { Database } from '@aiq/database';
import type { KeyedHash } from '../security/keyed-hash.ts';

export interface WindowCount {
  /** With this one. */
  readonly count: number;
  /** Until the window ends. */
  readonly seconds: number;
}

/** How failures delay the next attempt: not at all up to `freeFailures`, then 1, 2, 4 … seconds up to the most. */
export interface DelayPolicy {
  readonly freeFailures: number;
  readonly delaySecondsMax: number;
  /** Failures are forgotten after this long without another. */
  readonly memorySeconds: number;
}

/** Counts between two removals of what has expired. */
const sweepEvery = 500;
const sweptAtOnce = 2_000;

/**
 * The door to request_counters, which all instances share. Times are the database's, so that clocks of
 * instances need not agree; keys are hashed, so that the table holds no address and no user.
 */
export function createRequestCountersRepository(
  { prisma }: Database,
  { keyedHash }: { readonly keyedHash: KeyedHash },
) {
  let sinceSweep = 0;

  const sweep = async (): Promise<void> => {
    sinceSweep += 1;
    if (sinceSweep < sweepEvery) return;
    sinceSweep = 0;
    await prisma.$executeRaw`
      DELETE FROM request_counters WHERE key IN (
        SELECT key FROM request_counters WHERE expires_at <= now()
        LIMIT ${sweptAtOnce} FOR UPDATE SKIP LOCKED)`;
  };

  return {
    /** Counts one in the window that is open for `subject`, or opens one. */
    async count(subject: string, windowSeconds: number): Promise<WindowCount> {
      await sweep();
      const [row] = await prisma.$queryRaw<WindowCount[]>`
        INSERT INTO request_counters AS c (key, count, expires_at)
        VALUES (${keyedHash(subject)}, 1, now() + make_interval(secs => ${windowSeconds}))
        ON CONFLICT (key) DO UPDATE SET
          count = CASE WHEN c.expires_at <= now() THEN 1 ELSE c.count + 1 END,
          expires_at = CASE WHEN c.expires_at <= now() THEN excluded.expires_at ELSE c.expires_at END
        RETURNING count, greatest(extract(epoch FROM expires_at - now()), 0)::float8 AS seconds`;
      return row ?? { count: 1, seconds: windowSeconds };
    },

    /**
     * Counts an attempt as failed before its outcome is known, so that attempts side by side are counted too;
     * gives 0, or the seconds that `subject` must wait first, and then counts nothing.
     */
    async attempt(subject: string, policy: DelayPolicy): Promise<number> {
      await sweep();
      const { freeFailures, delaySecondsMax, memorySeconds } = policy;
      const key = keyedHash(subject);
      const [row] = await prisma.$queryRaw<{ seconds: number }[]>`
        WITH counted AS (
          INSERT INTO request_counters AS c (key, count, expires_at)
          VALUES (${key}, 1, now() + make_interval(secs => ${memorySeconds}))
          ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN c.expires_at <= now() THEN 1 ELSE c.count + 1 END,
            blocked_until = CASE
              WHEN c.expires_at <= now() OR c.count + 1 < ${freeFailures}::int THEN NULL
              ELSE now() + make_interval(secs => least(
                ${delaySecondsMax}::float8, power(2, least(c.count + 1 - ${freeFailures}::int, 30))))
            END,
            expires_at = excluded.expires_at
          WHERE c.blocked_until IS NULL OR c.blocked_until <= now()
          RETURNING key)
        SELECT 0::float8 AS seconds FROM counted
        UNION ALL
        SELECT greatest(extract(epoch FROM blocked_until - now()), 1)::float8 FROM request_counters
        WHERE key = ${key} AND NOT EXISTS (SELECT FROM counted)`;
      // No row: counted by another at this moment, and blocked by it.
      return row?.seconds ?? 1;
    },

    /** Takes back one attempt that was no failure; a delay that runs goes on. */
    async forgive(subject: string): Promise<void> {
      await prisma.$executeRaw`
        UPDATE request_counters SET count = greatest(count - 1, 0) WHERE key = ${keyedHash(subject)}`;
    },

    /** Forgets all attempts, and the delay. */
    async reset(subject: string): Promise<void> {
      await prisma.requestCounter.deleteMany({ where: { key: keyedHash(subject) } });
    },
  };
}

export type RequestCountersRepository = ReturnType<typeof createRequestCountersRepository>;
