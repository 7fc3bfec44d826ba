import { z } from 'zod';
import { attributesSchema, pageFields } from './shared.ts';
import { spanStatusSchema } from './traces.ts';

const count = z.number().nullable();

/**
 * A run of the question pipeline, from its trace and its `generation_run.completed` event. Until that event
 * has come, counts and cost are null.
 */
export const runSummarySchema = z.strictObject({
  /** Null while only spans below the root have come. */
  runId: z.string().nullable(),
  traceId: z.string().nullable(),
  service: z.string(),
  /** `running`: spans of stages came, the root span and the event did not. */
  state: z.enum(['running', 'succeeded', 'partial', 'failed', 'interrupted', 'unknown']),
  trigger: z.string().nullable(),
  seed: count,
  startedAt: z.iso.datetime().nullable(),
  completedAt: z.iso.datetime().nullable(),
  durationSeconds: count,
  requested: count,
  generated: count,
  approved: count,
  rejected: count,
  duplicates: count,
  inserted: count,
  costUsd: count,
  errorCount: z.number().int(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** GET /api/runs */
export const runsSchema = z.strictObject({ runs: z.array(runSummarySchema), ...pageFields });
export type RunsAnswer = z.infer<typeof runsSchema>;

const counts = z.record(z.string(), z.number());

/** GET /api/runs/:id */
export const runSchema = z.strictObject({
  ...runSummarySchema.shape,
  /** In order of their first start, from the spans `pipeline.<stage>`. */
  stages: z.array(
    z.strictObject({
      stage: z.string(),
      /** Spans: one a batch. */
      batchCount: z.number().int(),
      errorCount: z.number().int(),
      /** Added up over batches: more than the run took where batches overlap. */
      seconds: z.number(),
      /** Since the start of the run. */
      startOffsetSeconds: z.number(),
      endOffsetSeconds: z.number(),
    }),
  ),
  /** Questions by reason. */
  rejectedByReason: counts,
  failedByReason: counts,
  duplicatesByKind: counts,
  insertFailedByReason: counts,
  /** Questions that no judge could be reached for. */
  unjudged: count,
  byProvider: z.record(z.string(), counts),
  byType: z.record(z.string(), counts),
  byDifficulty: z.record(z.string(), counts),
  costByModel: z.array(
    z.strictObject({
      provider: z.string(),
      model: z.string(),
      calls: z.number(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      costUsd: z.number(),
    }),
  ),
  unpricedCalls: count,
  errorsByCategory: counts,
  retries: count,
  fallbacks: count,
  breakerTrips: count,
  /** Calls of models, embeddings and the database within the run, by span name. */
  calls: z.array(
    z.strictObject({
      name: z.string(),
      count: z.number().int(),
      errorCount: z.number().int(),
      p50Ms: z.number().nullable(),
      p95Ms: z.number().nullable(),
      seconds: z.number(),
    }),
  ),
  /** The event's body as it came; null before. */
  event: attributesSchema.nullable(),
});
export type RunAnswer = z.infer<typeof runSchema>;

/** A test session as its requests tell it: no user, no answers, no score. */
export const testSessionSummarySchema = z.strictObject({
  sessionId: z.string(),
  /** Of the first and the last request that are stored. */
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  /** By the last request that changed it: a result that was given makes it completed. */
  state: z.enum(['active', 'completed', 'abandoned']),
  requestCount: z.number().int(),
  /** Answers that were accepted. */
  responseCount: z.number().int(),
  /** Requests answered with 4xx and 5xx. */
  refusedCount: z.number().int(),
  errorCount: z.number().int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});
export type TestSessionSummary = z.infer<typeof testSessionSummarySchema>;

const level = z.strictObject({ adaptive: z.string(), value: z.number().nullable() });

/** GET /api/test-sessions */
export const testSessionsSchema = z.strictObject({
  sessions: z.array(testSessionSummarySchema),
  ...pageFields,
  /** From metrics, by `adaptive`; empty where none have come. Since the service began, of all its instances. */
  metrics: z.strictObject({
    started: z.array(level),
    completed: z.array(level),
    abandoned: z.array(level),
    active: z.array(level),
    durationSecondsP50: z.array(level),
    scoreP50: z.array(level),
  }),
});
export type TestSessionsAnswer = z.infer<typeof testSessionsSchema>;

/** GET /api/test-sessions/:id */
export const testSessionSchema = z.strictObject({
  ...testSessionSummarySchema.shape,
  /** Oldest first, at most 500. */
  requests: z.array(
    z.strictObject({
      traceId: z.string(),
      spanId: z.string(),
      time: z.iso.datetime().nullable(),
      /** Method and route. */
      name: z.string(),
      step: z.enum(['start', 'question', 'response', 'abandon', 'result', 'other']),
      statusCode: z.number().nullable(),
      status: spanStatusSchema,
      durationMs: z.number(),
    }),
  ),
});
export type TestSessionAnswer = z.infer<typeof testSessionSchema>;
