import { z } from 'zod';
import type { GenerationRun } from './generation-runs-repository.ts';
import { pipelineStages, type StageLosses, toStageLosses } from './pipeline-losses.ts';
import type { RunStats, StatsWindow } from './run-stats.ts';
import { momentSchema, reportedStates, runSummarySchema } from './run-summary-schema.ts';

const windowDaysMax = 366;
const dayMs = 86_400_000;

export const runParamsSchema = z.strictObject({ runId: z.uuid() });

const stageLossesSchema = z
  .object({
    stage: z.enum(pipelineStages),
    entered: z.int(),
    passed: z.int(),
    /** By reason. */
    lost: z.record(z.string(), z.int()),
    seconds: z.number(),
  })
  .meta({ id: 'StageLosses' });

export const generationRunSchema = z
  .object({
    runId: z.uuid(),
    receivedAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    /** Where its questions were lost. */
    stages: z.array(stageLossesSchema),
    summary: runSummarySchema,
  })
  .meta({ id: 'GenerationRun' });

export const runListQuerySchema = z
  .strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(20),
    cursor: z.uuid().optional(),
    state: z.enum(reportedStates).optional(),
    /** Runs that started at this moment or later. */
    from: momentSchema.optional(),
    /** Runs that started before this moment. */
    to: momentSchema.optional(),
  })
  .refine(isInOrder, { path: ['to'], message: 'must be after from' });

export const runListSchema = z.object({
  generationRuns: z.array(generationRunSchema),
  /** What to send as `cursor` for the next page, with the same filters; null on the last one. */
  nextCursor: z.uuid().nullable(),
});

export const statsQuerySchema = z
  .strictObject({
    /** @default 30 days before `to` */
    from: momentSchema.optional(),
    /** @default now */
    to: momentSchema.optional(),
  })
  .refine(isInOrder, { path: ['to'], message: 'must be after from' });

export const statsSchema = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    runs: z.int(),
    byState: z.object({
      succeeded: z.int(),
      partial: z.int(),
      failed: z.int(),
      interrupted: z.int(),
    }),
    /** Share of the runs that succeeded, 0 to 1; null without runs. */
    successRate: z.number().nullable(),
    requested: z.int(),
    generated: z.int(),
    approved: z.int(),
    inserted: z.int(),
    costUsd: z.number(),
    unpricedCalls: z.int(),
    stages: z.array(stageLossesSchema),
    /** Every day of the window, in UTC. */
    byDay: z.array(
      z.object({
        day: z.iso.date(),
        runs: z.int(),
        succeeded: z.int(),
        requested: z.int(),
        inserted: z.int(),
        costUsd: z.number(),
      }),
    ),
  })
  .meta({ id: 'GenerationRunStats' });

/** Gives the window that is asked for, the last 30 days where none is; undefined for one that is too long or ends before it begins. */
export function toWindow(
  { from, to }: z.infer<typeof statsQuerySchema>,
  now: Date,
): StatsWindow | undefined {
  const end = to === undefined ? now : new Date(to);
  const start = from === undefined ? new Date(end.getTime() - 30 * dayMs) : new Date(from);
  const isValid = start < end && end.getTime() - start.getTime() <= windowDaysMax * dayMs;
  return isValid ? { from: start, to: end } : undefined;
}

export function toRunView(run: GenerationRun): z.infer<typeof generationRunSchema> {
  return {
    runId: run.runId,
    receivedAt: run.receivedAt.toISOString(),
    updatedAt: run.updatedAt.toISOString(),
    stages: toStageLosses(run.summary).map(toStageView),
    summary: run.summary,
  };
}

export function toStatsView(
  { from, to }: StatsWindow,
  { stages, byDay, byState, ...totals }: RunStats,
): z.infer<typeof statsSchema> {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    ...totals,
    byState: { ...byState },
    stages: stages.map(toStageView),
    byDay: byDay.map((day) => ({ ...day })),
  };
}

function toStageView({ lost, ...stage }: StageLosses): z.infer<typeof stageLossesSchema> {
  return { ...stage, lost: { ...lost } };
}

function isInOrder({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean {
  return from === undefined || to === undefined || new Date(from) < new Date(to);
}
