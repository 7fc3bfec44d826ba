import { z } from 'zod';

/** What a column of the table holds at most. */
const countMax = 2_147_483_647;
const count = z.int().min(0).max(countMax);
/** Years that both Postgres and a person can make sense of. */
const momentMin = Date.UTC(2000, 0);
const momentMax = Date.UTC(2200, 0);
/** A moment with its offset, of this century or the next. */
export const momentSchema = z.iso.datetime({ offset: true }).refine(
  (text) => {
    const ms = Date.parse(text);
    return ms >= momentMin && ms < momentMax;
  },
  { message: 'must be from 2000 to 2199' },
);
const countByName = z.record(z.string().max(100), count);
const steps = z.strictObject({
  requested: count,
  generated: count,
  approved: count,
  inserted: count,
});
const countsByName = z.record(z.string().max(100), steps);
const countsByProvider = z.record(
  z.string().max(100),
  /** Absent in reports of runs that knew no fallbacks. */
  steps.extend({
    failed: count.optional(),
    handedOver: count.optional(),
    takenOver: count.optional(),
  }),
);
const stage = z.strictObject({ seconds: z.number().min(0) });

export const reportedStates = ['succeeded', 'partial', 'failed', 'interrupted'] as const;
export type ReportedState = (typeof reportedStates)[number];
export const runTriggers = ['cli', 'server', 'schedule'] as const;

/** What question-service reports of a run: its numbers add up, and the sums are checked. */
export const runSummarySchema = z
  .strictObject({
    runId: z.uuid(),
    traceId: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .nullable(),
    trigger: z.enum(runTriggers),
    state: z.enum(reportedStates),
    seed: z.int(),
    startedAt: momentSchema,
    completedAt: momentSchema,
    durationSeconds: z.number().min(0),
    requested: count,
    generated: count,
    failed: countByName,
    approved: count,
    rejected: countByName,
    unjudged: count,
    duplicates: z.strictObject({ exact: count, semantic: count }),
    inserted: count,
    insertFailed: countByName,
    discarded: count,
    byProvider: countsByProvider,
    byType: countsByName,
    byDifficulty: countsByName,
    cost: z.strictObject({
      usd: z.number().min(0),
      unpricedCalls: count,
      byModel: z.array(
        z.strictObject({
          provider: z.string().max(100),
          model: z.string().max(200),
          calls: count,
          inputTokens: count,
          outputTokens: count,
          costUsd: z.number().min(0),
        }),
      ),
    }),
    errors: z.strictObject({ byCategory: countByName, bySeverity: countByName }),
    retries: count,
    /** Absent in reports of runs that knew no fallbacks. */
    fallbacks: count.optional(),
    breakerTrips: count,
    stages: z.strictObject({
      generation: stage,
      evaluation: stage,
      deduplication: stage,
      storage: stage,
    }),
  })
  // Postgres's jsonb refuses it, in values and in names.
  .refine((summary) => !JSON.stringify(summary).includes('\\u0000'), {
    message: 'must not contain the character NUL',
  })
  .refine((run) => run.requested === run.generated + total(run.failed), {
    path: ['requested'],
    message: 'must be generated and failed together',
  })
  .refine((run) => run.generated === run.approved + total(run.rejected) + run.unjudged, {
    path: ['generated'],
    message: 'must be approved, rejected and unjudged together',
  })
  .refine(
    (run) => run.approved === total(run.duplicates) + run.inserted + total(run.insertFailed),
    { path: ['approved'], message: 'must be duplicates, inserted and insertFailed together' },
  )
  .meta({ id: 'RunSummary' });

export type RunSummary = z.infer<typeof runSummarySchema>;

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, value) => sum + value, 0);
}
