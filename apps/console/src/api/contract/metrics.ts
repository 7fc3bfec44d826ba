import { z } from 'zod';
import { attributesSchema, doorSchema, labelsSchema, timeSchema } from './shared.ts';

export const metricTypeSchema = z.enum([
  'counter',
  'up_down_counter',
  'gauge',
  'histogram',
  'exponential_histogram',
  'summary',
]);
export type MetricType = z.infer<typeof metricTypeSchema>;

export const temporalitySchema = z.enum(['delta', 'cumulative']).nullable();

/** What the functions of a query give: see the README. */
export const metricFunctions = ['value', 'rate', 'increase', 'quantile', 'mean'] as const;
export type MetricFunction = (typeof metricFunctions)[number];

export const metricSummarySchema = z.strictObject({
  name: z.string(),
  type: metricTypeSchema,
  /** As declared: UCUM, `s`, `By`, `{question}`. */
  unit: z.string(),
  description: z.string(),
  services: z.array(z.string()),
  /** Label names with the values seen, at most 100 of each. */
  labels: z.record(z.string(), z.array(z.string())),
  seriesCount: z.number().int(),
  /** Of these the first is what a query answers with unless it asks for another. */
  functions: z.array(z.enum(metricFunctions)),
  hasExemplars: z.boolean(),
  lastSeen: z.iso.datetime(),
});
export type MetricSummary = z.infer<typeof metricSummarySchema>;

/** GET /api/metrics; by name. */
export const metricsSchema = z.strictObject({
  metrics: z.array(metricSummarySchema),
  total: z.number().int(),
});
export type MetricsAnswer = z.infer<typeof metricsSchema>;

const quantiles = {
  /** Estimates; null where nothing was recorded. */
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
};

const moments = {
  count: z.number(),
  sum: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
};

/** Counts are of the bucket alone, not cumulative; a bound of null is infinity. */
const buckets = z.array(z.strictObject({ upperBound: z.number().nullable(), count: z.number() }));

export const histogramValueSchema = z.strictObject({ ...moments, buckets, ...quantiles });
export const exponentialValueSchema = z.strictObject({
  ...moments,
  scale: z.number().int(),
  zeroCount: z.number(),
  zeroThreshold: z.number(),
  /** Those that hold something, from the most negative up; what is zero stands in `zeroCount`. */
  buckets,
  ...quantiles,
});
export const summaryValueSchema = z.strictObject({
  count: z.number(),
  sum: z.number(),
  quantiles: z.array(z.strictObject({ quantile: z.number(), value: z.number().nullable() })),
});

export const exemplarSchema = z.strictObject({
  value: z.number().nullable(),
  time: timeSchema,
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
  /** Labels of the record that are not labels of the series. */
  attributes: attributesSchema,
});

/** One label set of one instance with its last value; of sums and histograms since they began. */
export const metricSeriesSchema = z.strictObject({
  name: z.string(),
  type: metricTypeSchema,
  /** Metric items of Sentry's are series of their own. */
  door: doorSchema,
  temporality: temporalitySchema,
  unit: z.string(),
  description: z.string(),
  service: z.string(),
  instance: z.string().nullable(),
  scope: z.string(),
  labels: attributesSchema,
  value: z.union([
    z.number(),
    exponentialValueSchema,
    histogramValueSchema,
    summaryValueSchema,
    // NaN and infinities have no form in JSON.
    z.null(),
  ]),
  /** Since when the value is counted. */
  start: timeSchema,
  time: timeSchema,
  updatedAt: z.iso.datetime(),
  /** Points received. */
  pointCount: z.number().int(),
  /** Times that it began again from zero. */
  resetCount: z.number().int(),
  exemplars: z.array(exemplarSchema),
});
export type MetricSeriesView = z.infer<typeof metricSeriesSchema>;

/** GET /api/metrics/:name */
export const metricSchema = z.strictObject({
  ...metricSummarySchema.shape,
  series: z.array(metricSeriesSchema),
});
export type MetricAnswer = z.infer<typeof metricSchema>;

const numbers = z.array(z.number().nullable());

/** One line of a chart; null where nothing is known of a step. */
export const metricLineSchema = z.strictObject({
  /** The labels it was grouped by; `service` and `instance` stand among them. */
  labels: labelsSchema,
  /** 0..1; only for function quantile. */
  quantile: z.number().nullable(),
  values: numbers,
  /** Of quantiles: between these the true one lies, as the buckets tell. */
  lowerBounds: numbers.nullable(),
  upperBounds: numbers.nullable(),
});
export type MetricLine = z.infer<typeof metricLineSchema>;

/** GET /api/metrics/:name/query */
export const metricQueryAnswerSchema = z.strictObject({
  name: z.string(),
  type: metricTypeSchema,
  /** Of the values: `s`, `{request}/s`. */
  unit: z.string(),
  description: z.string(),
  function: z.enum(metricFunctions),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  stepSeconds: z.number(),
  /** Ends of the steps, in seconds since the epoch: the x values of every line. */
  timesSeconds: z.array(z.number()),
  lines: z.array(metricLineSchema),
  /** Lines that matched in all; at most 50 are given, those with the largest values. */
  lineCount: z.number().int(),
  /** Within the range, oldest first, with the labels of their line. */
  exemplars: z.array(
    z.strictObject({
      timeSeconds: z.number(),
      value: z.number(),
      traceId: z.string(),
      spanId: z.string().nullable(),
      labels: labelsSchema,
      attributes: attributesSchema,
      /** Whether its trace is stored. */
      traceStored: z.boolean(),
    }),
  ),
});
export type MetricQueryAnswer = z.infer<typeof metricQueryAnswerSchema>;
