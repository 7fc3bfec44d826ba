import { z } from 'zod';
import type { Page } from '../page.ts';
import { toScaledScore } from '../psychometrics/scaled-score.ts';
import { stopReasons } from '../psychometrics/stopping-rule.ts';
import { questionTypes, type ServedQuestion } from '../questions/question.ts';
import type { AnswerReceipt } from './answer-question.ts';
import {
  abandonReasons,
  type TestResult,
  type TestSessionProgress,
  testSessionModes,
  testSessionStatuses,
} from './test-session.ts';
import type { ListedTestSession } from './test-sessions-repository.ts';

export const startBodySchema = z.strictObject({
  mode: z.enum(testSessionModes),
  /** Length of the form, or the most an adaptive session may ask. */
  itemsMax: z.int().min(1).max(60).optional(),
});

export const sessionParamsSchema = z.strictObject({ sessionId: z.uuid() });

export const answerBodySchema = z.strictObject({
  questionId: z.uuid(),
  /** From 0, in the order in which the options were served. */
  optionIndex: z.int().min(0).max(7),
});

export const historyQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.uuid().optional(),
});

const progressSchema = z.object({ itemsAnswered: z.int(), itemsMax: z.int() });

export const testSessionSchema = z
  .object({
    id: z.uuid(),
    mode: z.enum(testSessionModes),
    status: z.enum(testSessionStatuses),
    progress: progressSchema,
    stopReason: z.enum([...stopReasons, ...abandonReasons]).nullable(),
    startedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'TestSession' });

/** A question without its key: nothing that is sent before the end tells which option is right. */
export const questionSchema = z
  .object({
    id: z.uuid(),
    type: z.enum(questionTypes),
    stimulus: z.string().nullable(),
    content: z.string(),
    options: z.array(z.string()),
  })
  .meta({ id: 'Question' });

export const startedSchema = testSessionSchema
  .extend({ next: questionSchema })
  .meta({ id: 'StartedTestSession' });

export const currentQuestionSchema = z.object({
  question: questionSchema,
  /** From 1. */
  position: z.int(),
  progress: progressSchema,
});

export const receiptSchema = z
  .object({
    done: z.boolean(),
    progress: progressSchema,
    /** Absent at the end. */
    next: questionSchema.optional(),
  })
  .meta({ id: 'AnswerReceipt' });

export const resultSchema = z
  .object({
    sessionId: z.uuid(),
    /** 100 + 15 theta. */
    scaledScore: z.number(),
    interval: z.object({ lower: z.number(), upper: z.number(), level: z.literal(0.95) }),
    /** Share of the reference population below, in percent. */
    percentile: z.number(),
    theta: z.number(),
    standardError: z.number(),
    itemsAnswered: z.int(),
    itemsCorrect: z.int(),
    stopReason: z.enum(stopReasons),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'TestResult' });

export const historySchema = z.object({
  sessions: z.array(
    testSessionSchema
      .extend({ scaledScore: z.number().nullable() })
      .meta({ id: 'TestSessionOfHistory' }),
  ),
  /** What to send as `cursor` for the next page; null on the last one. */
  nextCursor: z.uuid().nullable(),
});

type StopReasonText = z.infer<typeof testSessionSchema>['stopReason'];

export function toSessionView(session: TestSessionProgress): z.infer<typeof testSessionSchema> {
  return {
    id: session.id,
    mode: session.mode,
    status: session.status,
    progress: { itemsAnswered: session.itemsAnswered, itemsMax: session.itemsMax },
    stopReason: session.stopReason as StopReasonText,
    startedAt: session.startedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    finishedAt: session.finishedAt?.toISOString() ?? null,
  };
}

/** Member by member: a column that is added to the table does not find its way out by itself. */
export function toQuestionView(question: ServedQuestion): z.infer<typeof questionSchema> {
  const { id, type, stimulus, content, options } = question;
  return { id, type, stimulus, content, options: [...options] };
}

export function toReceiptView(receipt: AnswerReceipt): z.infer<typeof receiptSchema> {
  const { itemsAnswered, itemsMax, next } = receipt;
  const progress = { itemsAnswered, itemsMax };
  if (next === undefined) return { done: true, progress };
  return { done: false, progress, next: toQuestionView(next) };
}

export function toResultView(result: TestResult): z.infer<typeof resultSchema> {
  return {
    sessionId: result.sessionId,
    scaledScore: result.scaledScore,
    interval: { lower: result.intervalLower, upper: result.intervalUpper, level: 0.95 },
    percentile: toScaledScore(result).percentile,
    theta: result.theta,
    standardError: result.standardError,
    itemsAnswered: result.itemsAnswered,
    itemsCorrect: result.itemsCorrect,
    stopReason: result.stopReason as z.infer<typeof resultSchema>['stopReason'],
    createdAt: result.createdAt.toISOString(),
  };
}

export function toHistoryView({
  elements,
  nextCursor,
}: Page<ListedTestSession>): z.infer<typeof historySchema> {
  return {
    sessions: elements.map((session) => ({
      ...toSessionView(session),
      scaledScore: session.scaledScore,
    })),
    nextCursor,
  };
}
