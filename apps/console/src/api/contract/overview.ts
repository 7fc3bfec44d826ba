import { z } from 'zod';
import { errorGroupSchema } from './errors.ts';
import { runSummarySchema } from './runs.ts';
import { traceSummarySchema } from './traces.ts';

const perStep = z.array(z.number().nullable());

/**
 * Requests are spans of kind server and consumer. Quantiles are exact: the value of rank
 * ceil(q n) of the durations stored.
 */
const requests = {
  requestCount: z.number().int(),
  requestsPerSecond: z.number(),
  errorCount: z.number().int(),
  /** 0..1; null without requests. */
  errorRatio: z.number().nullable(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
};

export const operationSchema = z.strictObject({ name: z.string(), ...requests });
export type Operation = z.infer<typeof operationSchema>;

export const serviceSummarySchema = z.strictObject({
  service: z.string(),
  ...requests,
  spanCount: z.number().int(),
  /** Log records of severity error and above within the window. */
  errorLogCount: z.number().int(),
  /** Sentry events within the window. */
  errorEventCount: z.number().int(),
  /** Of the last thing received, whatever the window. */
  lastSeen: z.iso.datetime(),
  /** Values for each of `timesSeconds`. */
  requestRateSeries: perStep,
  errorRatioSeries: perStep,
  p95MsSeries: perStep,
});
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

const windowFields = {
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  windowSeconds: z.number(),
  stepSeconds: z.number(),
  /** Ends of the steps, in seconds since the epoch. */
  timesSeconds: z.array(z.number()),
};

/** GET /api/services */
export const servicesSchema = z.strictObject({
  ...windowFields,
  services: z.array(serviceSummarySchema),
});
export type ServicesAnswer = z.infer<typeof servicesSchema>;

/** GET /api/services/:service */
export const serviceSchema = z.strictObject({
  ...windowFields,
  ...serviceSummarySchema.shape,
  /** By request count, at most 100. */
  operations: z.array(operationSchema),
  instances: z.array(z.string()),
});
export type ServiceAnswer = z.infer<typeof serviceSchema>;

/** GET /api/overview */
export const overviewSchema = z.strictObject({
  ...windowFields,
  /** Of all services together. */
  total: z.strictObject({
    ...requests,
    requestRateSeries: perStep,
    errorRatioSeries: perStep,
    p95MsSeries: perStep,
  }),
  services: z.array(serviceSummarySchema),
  /** The ten newest, whatever the window. */
  recentErrors: z.array(errorGroupSchema),
  recentRuns: z.array(runSummarySchema),
  /** The ten slowest of the window. */
  slowestTraces: z.array(traceSummarySchema),
  /** Nothing was ever received: tell how to send. */
  isEmpty: z.boolean(),
});
export type OverviewAnswer = z.infer<typeof overviewSchema>;

/** What a service calls that sends no telemetry of its own is told by the caller's client spans. */
export const mapNodeSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['service', 'database', 'model', 'messaging', 'external']),
  ...requests,
});
export type MapNode = z.infer<typeof mapNodeSchema>;

export const mapEdgeSchema = z.strictObject({
  /** Ids of nodes. */
  from: z.string(),
  to: z.string(),
  callCount: z.number().int(),
  callsPerSecond: z.number(),
  errorCount: z.number().int(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});
export type MapEdge = z.infer<typeof mapEdgeSchema>;

/** GET /api/service-map */
export const serviceMapSchema = z.strictObject({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  windowSeconds: z.number(),
  nodes: z.array(mapNodeSchema),
  edges: z.array(mapEdgeSchema),
});
export type ServiceMapAnswer = z.infer<typeof serviceMapSchema>;
