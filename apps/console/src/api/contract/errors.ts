import { z } from 'zod';
import { attributesSchema, attributeValueSchema, pageFields } from './shared.ts';

/** A frame of a stack, outermost first as Sentry sends them; fields of Sentry's that are not here are in the event. */
export const stackFrameSchema = z.strictObject({
  function: z.string().nullable(),
  module: z.string().nullable(),
  filename: z.string().nullable(),
  line: z.number().nullable(),
  column: z.number().nullable(),
  /** Of the application itself, not of a library or the runtime. */
  inApp: z.boolean(),
  /** Source lines around, where the SDK sent them. */
  contextBefore: z.array(z.string()),
  contextLine: z.string().nullable(),
  contextAfter: z.array(z.string()),
});
export type StackFrame = z.infer<typeof stackFrameSchema>;

export const errorExceptionSchema = z.strictObject({
  type: z.string(),
  value: z.string(),
  handled: z.boolean().nullable(),
  frames: z.array(stackFrameSchema),
});
export type ErrorExceptionView = z.infer<typeof errorExceptionSchema>;

/** One Sentry event. */
export const errorEventSchema = z.strictObject({
  eventId: z.string(),
  /** Of its group: see /api/error-groups/:fingerprint. */
  fingerprint: z.string(),
  time: z.iso.datetime(),
  level: z.string(),
  message: z.string(),
  /** As Sentry orders them: causes first, what was thrown last. */
  exceptions: z.array(errorExceptionSchema),
  traceId: z.string().nullable(),
  spanId: z.string().nullable(),
  service: z.string().nullable(),
  environment: z.string().nullable(),
  release: z.string().nullable(),
  tags: attributesSchema,
});
export type ErrorEventView = z.infer<typeof errorEventSchema>;

/** GET /api/errors */
export const errorsSchema = z.strictObject({ errors: z.array(errorEventSchema), ...pageFields });
export type ErrorsAnswer = z.infer<typeof errorsSchema>;

export const breadcrumbSchema = z.strictObject({
  time: z.iso.datetime().nullable(),
  category: z.string(),
  level: z.string(),
  message: z.string(),
  data: attributesSchema,
});

/** GET /api/errors/:id */
export const errorSchema = z.strictObject({
  ...errorEventSchema.shape,
  /** Sentry's contexts: trace, runtime, os, and the application's own. */
  contexts: attributesSchema,
  extra: attributesSchema,
  breadcrumbs: z.array(breadcrumbSchema),
  /** The event as it came. */
  event: z.record(z.string(), attributeValueSchema),
});
export type ErrorAnswer = z.infer<typeof errorSchema>;

/** Events that are the same error: the SDK's fingerprint, or else type and place of what was thrown. */
export const errorGroupSchema = z.strictObject({
  fingerprint: z.string(),
  /** Of the exception that was thrown, or `Error`. */
  type: z.string(),
  /** Message of the newest event. */
  message: z.string(),
  /** Function and file of the innermost frame of the application; null without a stack. */
  culprit: z.string().nullable(),
  level: z.string(),
  services: z.array(z.string()),
  releases: z.array(z.string()),
  /** Events since the console began, also those that storage let go. */
  count: z.number().int(),
  storedCount: z.number().int(),
  firstSeen: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  lastEventId: z.string(),
  /** Trace of the newest event. */
  lastTraceId: z.string().nullable(),
});
export type ErrorGroup = z.infer<typeof errorGroupSchema>;

/** GET /api/error-groups; by last seen, newest first. */
export const errorGroupsSchema = z.strictObject({
  groups: z.array(errorGroupSchema),
  total: z.number().int(),
});
export type ErrorGroupsAnswer = z.infer<typeof errorGroupsSchema>;

/** GET /api/error-groups/:fingerprint */
export const errorGroupDetailSchema = z.strictObject({
  ...errorGroupSchema.shape,
  /** Newest first, at most 100. */
  events: z.array(errorEventSchema),
});
export type ErrorGroupAnswer = z.infer<typeof errorGroupDetailSchema>;
