import { z } from 'zod';
import {
  type Attributes,
  type Door,
  type SpanKind,
  type SpanStatus,
  spanKinds,
  spanStatuses,
} from '../../store/model.ts';
import { errorEventSchema } from './errors.ts';
import { logSchema } from './logs.ts';
import { attributesSchema, doorSchema, pageFields, scopeSchema, timeSchema } from './shared.ts';

export const spanKindSchema = z.enum(spanKinds);
export const spanStatusSchema = z.enum(spanStatuses);

export const traceSummarySchema = z.strictObject({
  traceId: z.string(),
  /** Name, service and kind of the root span, or of the earliest one where the root did not come. */
  name: z.string(),
  service: z.string(),
  start: timeSchema,
  startUnixNano: z.string(),
  /** From the start of the first span to the end of the last. */
  durationMs: z.number(),
  /** `error` where any span failed. */
  status: z.enum(['ok', 'error']),
  spanCount: z.number().int(),
  errorSpanCount: z.number().int(),
  /** Sentry events of this trace that are stored. */
  errorEventCount: z.number().int(),
  services: z.array(z.string()),
  doors: z.array(doorSchema),
});
export type TraceSummary = z.infer<typeof traceSummarySchema>;

/** GET /api/traces */
export const tracesSchema = z.strictObject({
  traces: z.array(traceSummarySchema),
  ...pageFields,
});
export type TracesAnswer = z.infer<typeof tracesSchema>;

export const spanSchema = z.strictObject({
  traceId: z.string(),
  spanId: z.string(),
  /** The parent may not be stored. */
  parentSpanId: z.string().nullable(),
  name: z.string(),
  kind: spanKindSchema,
  service: z.string(),
  resource: attributesSchema,
  scope: scopeSchema,
  start: timeSchema,
  startUnixNano: z.string(),
  /** Since the start of the trace. */
  offsetMs: z.number(),
  durationMs: z.number(),
  status: spanStatusSchema,
  statusMessage: z.string(),
  attributes: attributesSchema,
  events: z.array(
    z.strictObject({
      name: z.string(),
      time: timeSchema,
      /** Since the start of the trace; negative where a clock was wrong. */
      offsetMs: z.number(),
      attributes: attributesSchema,
    }),
  ),
  links: z.array(
    z.strictObject({ traceId: z.string(), spanId: z.string(), attributes: attributesSchema }),
  ),
  /** What the sender cut off. */
  dropped: z.strictObject({
    attributes: z.number(),
    events: z.number(),
    links: z.number(),
  }),
  /** Two marks where the span came by both doors. */
  doors: z.array(doorSchema),
  /** Sentry events of this span. */
  errorIds: z.array(z.string()),
  logCount: z.number().int(),
});
export type SpanView = z.infer<typeof spanSchema>;

export interface SpanNode {
  readonly spanId: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly service: string;
  readonly durationMs: number;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly doors: readonly Door[];
  readonly children: readonly SpanNode[];
}

export const spanNodeSchema: z.ZodType<SpanNode> = z.lazy(() =>
  z.strictObject({
    spanId: z.string(),
    name: z.string(),
    kind: spanKindSchema,
    service: z.string(),
    durationMs: z.number(),
    status: spanStatusSchema,
    attributes: attributesSchema,
    doors: z.array(doorSchema),
    children: z.array(spanNodeSchema),
  }),
);

/** GET /api/traces/:id */
export const traceSchema = z.strictObject({
  ...traceSummarySchema.shape,
  /** In order of start. */
  spans: z.array(spanSchema),
  /**
   * The same spans nested under their parents. A span whose parent is not stored is a root; deeper than 200
   * levels, children begin a root of their own.
   */
  tree: z.array(spanNodeSchema),
  errors: z.array(errorEventSchema),
  /** All log records of the trace, also those beyond `logs`. */
  logCount: z.number().int(),
  /** Oldest first; at most 1,000. Each names its span. */
  logs: z.array(logSchema),
});
export type TraceAnswer = z.infer<typeof traceSchema>;
