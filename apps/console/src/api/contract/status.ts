import { z } from 'zod';

const count = z.number().int();
const perSignal = z.strictObject({ traces: count, metrics: count, logs: count });
const counts = z.record(z.string(), count);

/** GET /api/status: the console watches itself. Counts are since it began. */
export const statusSchema = z.strictObject({
  status: z.literal('ok'),
  startedAt: z.iso.datetime(),
  uptimeSeconds: z.number(),
  /** Requests by door. */
  requests: z.strictObject({ otlp: count, sentry: count }),
  /** Requests that were refused as a whole. */
  refused: z.strictObject({ malformed: count, unsupported: count, tooLarge: count }),
  /** Spans, data points, log records, Sentry error events. */
  received: z.strictObject({ ...perSignal.shape, errors: count }),
  /** Items that were refused while the rest of their request was taken. */
  rejected: perSignal,
  receivedBytes: count,
  sentry: z.strictObject({
    /** Items by type. */
    items: counts,
    /** What SDKs say they discarded: `<category>/<reason>`. */
    clientReports: counts,
    /** Sessions by status. */
    sessions: counts,
  }),
  lastRefusals: z.array(
    z.strictObject({ at: z.iso.datetime(), path: z.string(), status: count, detail: z.string() }),
  ),
  /** `storedBytes` is an estimate; `dropped` went out for room. */
  stored: z.strictObject({
    traces: z.strictObject({
      traces: count,
      stored: count,
      storedBytes: count,
      dropped: count,
      /** Came by the second door. */
      merged: count,
      /** Came again by the same door: a retry. */
      repeated: count,
    }),
    metrics: z.strictObject({
      stored: count,
      points: count,
      storedBytes: count,
      dropped: count,
      outOfOrder: count,
      resets: count,
    }),
    logs: z.strictObject({ stored: count, storedBytes: count, dropped: count }),
    errors: z.strictObject({ stored: count, storedBytes: count, dropped: count }),
  }),
  limits: z.record(z.string(), z.number()),
  memory: z.strictObject({ rssBytes: count, heapUsedBytes: count }),
  liveSubscribers: count,
});
export type StatusAnswer = z.infer<typeof statusSchema>;

/**
 * Data of the event `changed` of GET /api/live: a number for each kind that is larger than before where
 * something of it came. A page asks again for what it shows of the kinds that changed.
 */
export const liveChangeSchema = z.strictObject({
  at: z.iso.datetime(),
  revisions: z.strictObject({
    traces: count,
    metrics: count,
    logs: count,
    errors: count,
  }),
});
export type LiveChange = z.infer<typeof liveChangeSchema>;
