import { z } from 'zod';
import { severities } from './logs.ts';
import { metricFunctions } from './metrics.ts';
import { doorSchema } from './shared.ts';

/** What can be asked, as it stands in the query; one that is not listed is refused. */

const text = z.string().min(1).max(1_000);
const limit = (byDefault: number, max = 1_000) =>
  z.coerce.number().int().min(1).max(max).default(byDefault);

export const traceIdParameter = z
  .string()
  .regex(/^[0-9a-f]{32}$/i, 'expected 32 hexadecimal digits')
  .toLowerCase();

/** ISO 8601, or milliseconds since the epoch. */
const moment = z.string().transform((value, context) => {
  const timeMs = /^\d{1,15}$/.test(value) ? Number(value) : Date.parse(value);
  if (Number.isFinite(timeMs) && Math.abs(timeMs) <= 8.64e15) return timeMs;
  context.addIssue({
    code: 'custom',
    message: 'expected ISO 8601 or milliseconds since the epoch',
  });
  return z.NEVER;
});

/** `key=value`; repeated, all must hold. */
const pair = text.regex(/^[^=]+=/, 'expected key=value').transform((value) => {
  const end = value.indexOf('=');
  return { key: value.slice(0, end), value: value.slice(end + 1) };
});
const pairs = z.union([pair.transform((one) => [one]), z.array(pair).max(20)]).default([]);

const range = { from: moment.optional(), to: moment.optional() };
const page = (byDefault: number) => ({ limit: limit(byDefault), cursor: text.optional() });

export const tracesParameters = z.strictObject({
  /** Of any span of the trace. */
  service: text.optional(),
  /** Part of the name of any span, whatever its case. */
  name: text.optional(),
  status: z.enum(['ok', 'error']).optional(),
  minDurationMs: z.coerce.number().min(0).optional(),
  maxDurationMs: z.coerce.number().min(0).optional(),
  /** Attributes of one span, or of its resource. */
  attribute: pairs,
  /** Of the trace's start. */
  ...range,
  /** Generation run, test session. */
  run: text.optional(),
  testSession: text.optional(),
  sort: z.enum(['newest', 'slowest']).default('newest'),
  ...page(50),
});
export type TracesParameters = z.infer<typeof tracesParameters>;

export const logsParameters = z.strictObject({
  /** The least severe that is shown. */
  severity: z.enum(severities).optional(),
  /** Part of the body, the event's name or an attribute, whatever its case. */
  text: text.optional(),
  service: text.optional(),
  eventName: text.optional(),
  traceId: traceIdParameter.optional(),
  spanId: text.optional(),
  attribute: pairs,
  door: doorSchema.optional(),
  ...range,
  ...page(100),
});
export type LogsParameters = z.infer<typeof logsParameters>;

export const errorsParameters = z.strictObject({
  traceId: traceIdParameter.optional(),
  fingerprint: text.optional(),
  service: text.optional(),
  ...range,
  ...page(100),
});
export type ErrorsParameters = z.infer<typeof errorsParameters>;

export const errorGroupsParameters = z.strictObject({
  service: text.optional(),
  text: text.optional(),
  limit: limit(100),
});

export const metricsParameters = z.strictObject({
  /** Part of the name or description, whatever its case. */
  text: text.optional(),
  service: text.optional(),
});

export const metricParameters = z.strictObject({
  service: text.optional(),
  /** `label=value`; repeated, all must hold. */
  label: pairs,
});

export const metricQueryParameters = z.strictObject({
  service: text.optional(),
  instance: text.optional(),
  label: pairs,
  /** Default: the first of the metric's `functions`. */
  function: z.enum(metricFunctions).optional(),
  /** For function quantile; list, 0..1. */
  quantiles: z
    .string()
    .default('0.5,0.95,0.99')
    .transform((list) => list.split(',').map(Number))
    .pipe(z.array(z.number().min(0).max(1)).min(1).max(10)),
  /** Labels to keep, by comma; `service` and `instance` are such too. Lines that agree in these are added up. Default: service and all labels. */
  by: z
    .string()
    .max(1_000)
    .transform((list) => list.split(',').filter((name) => name !== ''))
    .optional(),
  /** Default: the last 15 minutes. */
  ...range,
  /** Default: such that the range has about 120 steps; at most 2,000 steps. */
  stepSeconds: z.coerce.number().min(1).max(86_400).optional(),
});
export type MetricQueryParameters = z.infer<typeof metricQueryParameters>;

export const windowParameters = z.strictObject({
  /** How far back from now. */
  windowSeconds: z.coerce.number().int().min(10).max(86_400).default(900),
});

export const runsParameters = z.strictObject({ ...page(50) });
export const testSessionsParameters = z.strictObject({ ...page(50) });
