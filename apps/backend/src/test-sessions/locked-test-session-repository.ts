import type { Prisma } from '@aiq/database';
import type { AbilityEstimate, ScoredResponse } from '../psychometrics/ability-estimation.ts';
import type { ScaledScore } from '../psychometrics/scaled-score.ts';
import type { DifficultyLevel, QuestionType } from '../questions/question.ts';
import { listSeenQuestionIds } from './seen-questions-repository.ts';
import type { AbandonReason, TestSession } from './test-session.ts';

/** A response of the session, with the item parameters it was scored with. */
export interface SessionResponse extends ScoredResponse {
  readonly questionId: string;
  readonly optionIndex: number;
  readonly questionType: QuestionType;
}

/** What an answer is scored by, as the session's calibration has it. It stays in this folder: no view is made of it. */
export interface QuestionKey {
  readonly keyIndex: number;
  readonly optionCount: number;
  readonly type: QuestionType;
  readonly difficultyLevel: DifficultyLevel;
  readonly discrimination: number;
  readonly difficulty: number;
}

export interface NewResponse extends ScoredResponse {
  readonly questionId: string;
  readonly optionIndex: number;
  /** From 1. */
  readonly position: number;
  readonly servedAt: Date;
  readonly answeredAt: Date;
}

/** A session whose row this transaction holds. */
export interface LockedTestSession {
  readonly session: TestSession;
  /** In the order in which they were given. */
  readonly responses: readonly SessionResponse[];
  findKey(questionId: string): Promise<QuestionKey | undefined>;
  listSeenQuestionIds(): Promise<string[]>;
  addResponse(response: NewResponse): Promise<void>;
  serve(
    next: AbilityEstimate & { readonly questionId: string; readonly servedAt: Date },
  ): Promise<void>;
  complete(
    score: AbilityEstimate &
      Omit<ScaledScore, 'percentile'> & {
        readonly itemsAnswered: number;
        readonly itemsCorrect: number;
        readonly stopReason: string;
        readonly finishedAt: Date;
      },
  ): Promise<void>;
  abandon(reason: AbandonReason, finishedAt: Date): Promise<void>;
}

/** Locks a user's session until the transaction ends; undefined where the user has no such session. */
export async function lockTestSession(
  transaction: Prisma.TransactionClient,
  owner: { readonly id: string; readonly userId: string },
): Promise<LockedTestSession | undefined> {
  const { id, userId } = owner;
  const [session] = await transaction.$queryRaw<TestSession[]>`
    SELECT id, mode::text AS mode, status::text AS status, items_max AS "itemsMax",
      form_question_ids AS "formQuestionIds", current_question_id AS "currentQuestionId",
      current_served_at AS "currentServedAt", seed, calibration_version AS "calibrationVersion",
      stop_reason AS "stopReason",
      started_at AS "startedAt", expires_at AS "expiresAt", finished_at AS "finishedAt"
    FROM test_sessions WHERE id = ${id}::uuid AND user_id = ${userId}::uuid
    FOR UPDATE`;
  if (session === undefined) return undefined;

  // Read after the lock: what another answer committed while this one waited is in it.
  const responses = await transaction.$queryRaw<SessionResponse[]>`
    SELECT r.question_id AS "questionId", r.option_index AS "optionIndex", r.correct,
      r.discrimination, r.difficulty, q.type::text AS "questionType"
    FROM responses r JOIN questions q ON q.id = r.question_id
    WHERE r.session_id = ${id}::uuid ORDER BY r.position`;

  return {
    session,
    responses,

    async findKey(questionId) {
      const [key] = await transaction.$queryRaw<QuestionKey[]>`
        SELECT q.key_index AS "keyIndex", cardinality(q.options) AS "optionCount",
          q.type::text AS type, q.difficulty_level::text AS "difficultyLevel",
          coalesce(c.discrimination, q.discrimination) AS discrimination,
          coalesce(c.difficulty, q.difficulty) AS difficulty
        FROM questions q LEFT JOIN LATERAL (
          SELECT discrimination, difficulty FROM calibrated_items
          WHERE question_id = q.id AND version <= ${session.calibrationVersion}
          ORDER BY version DESC LIMIT 1
        ) c ON true
        WHERE q.id = ${questionId}::uuid`;
      return key;
    },

    listSeenQuestionIds: () => listSeenQuestionIds(transaction, userId),

    async addResponse(response) {
      await transaction.response.createMany({ data: [{ ...response, sessionId: id }] });
    },

    async serve({ questionId, servedAt, theta, standardError }) {
      await transaction.testSession.updateMany({
        where: { id },
        data: { theta, standardError, currentQuestionId: questionId, currentServedAt: servedAt },
      });
    },

    async complete({ finishedAt, ...score }) {
      const { theta, standardError, stopReason } = score;
      await transaction.testSession.updateMany({
        where: { id },
        data: {
          theta,
          standardError,
          stopReason,
          finishedAt,
          status: 'completed',
          currentQuestionId: null,
          currentServedAt: null,
        },
      });
      await transaction.result.createMany({
        data: [{ ...score, sessionId: id, userId, createdAt: finishedAt }],
      });
    },

    async abandon(reason, finishedAt) {
      await transaction.testSession.updateMany({
        where: { id },
        data: { status: 'abandoned', stopReason: reason, finishedAt },
      });
    },
  };
}
