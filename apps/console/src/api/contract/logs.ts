import { z } from 'zod';
import {
  attributesSchema,
  attributeValueSchema,
  doorSchema,
  pageFields,
  scopeSchema,
  timeSchema,
} from './shared.ts';

/** Groups of OpenTelemetry's severity numbers: 1 to 4 are trace, 21 to 24 fatal. */
export const severities = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Severity = (typeof severities)[number];

export const logSchema = z.strictObject({
  /** Unique as long as this console runs; for keys. */
  id: z.string(),
  time: timeSchema,
  timeUnixNano: z.string(),
  /** 0 where not known, 1 to 24. */
  severityNumber: z.number().int(),
  severityText: z.string(),
  /** Group of the number; null where that is 0. */
  severity: z.enum(severities).nullable(),
  service: z.string(),
  /** Set where the record is an event, such as `generation_run.completed`. */
  eventName: z.string(),
  body: attributeValueSchema,
  attributes: attributesSchema,
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
  scope: scopeSchema,
  resource: attributesSchema,
  door: doorSchema,
});
export type LogView = z.infer<typeof logSchema>;

/** GET /api/logs */
export const logsSchema = z.strictObject({ logs: z.array(logSchema), ...pageFields });
export type LogsAnswer = z.infer<typeof logsSchema>;
