/**
 * The parts that answers share. The files of this folder import zod and the store's types, nothing of Node:
 * the page reads them too.
 *
 * Times are ISO 8601 with milliseconds, null where the sender did not say; durations are milliseconds,
 * with fractions, unless the name says otherwise; lists are newest first unless they say otherwise.
 *
 * @module
 */

import { z } from 'zod';
import type { AttributeValue } from '../../store/model.ts';

/** The road on which an item came: plain OTLP, or an address made from a Sentry DSN. */
export const doorSchema = z.enum(['otlp', 'sentry']);

/** Integers beyond 2^53, NaN and infinities are text; bytes are base64. */
export const attributeValueSchema: z.ZodType<AttributeValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(attributeValueSchema),
    z.record(z.string(), attributeValueSchema),
  ]),
);

export const attributesSchema = z.record(z.string(), attributeValueSchema);

export const timeSchema = z.iso.datetime().nullable();

/** Labels of a series, as text. */
export const labelsSchema = z.record(z.string(), z.string());

export const scopeSchema = z.strictObject({ name: z.string(), version: z.string() });

/** Of a page of a list: what matched in all, and where the next page begins; null on the last. */
export const pageFields = {
  total: z.number().int(),
  nextCursor: z.string().nullable(),
};

/** Every answer that is not a success; `code` is stable. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  /** Which parameters are wrong, where that is the problem. */
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string(),
});
export type ProblemAnswer = z.infer<typeof problemSchema>;
