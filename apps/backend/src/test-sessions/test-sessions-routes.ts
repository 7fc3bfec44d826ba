import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { bearerSecurity, type RequireUser } from '../auth/require-user.ts';
import { problemResponses } from '../problem/problem-schema.ts';
import type { RequestLimits } from '../rate-limits/request-limits.ts';
import { answerQuestion } from './answer-question.ts';
import {
  abandonTestSession,
  getActiveTestSession,
  getCurrentQuestion,
  getResult,
  getTestSession,
  listTestSessions,
} from './find-test-session.ts';
import { startTestSession } from './start-test-session.ts';
import type { TestSessionDependencies } from './test-session-dependencies.ts';
import {
  answerBodySchema,
  currentQuestionSchema,
  historyQuerySchema,
  historySchema,
  receiptSchema,
  resultSchema,
  sessionParamsSchema,
  startBodySchema,
  startedSchema,
  testSessionSchema,
  toHistoryView,
  toQuestionView,
  toReceiptView,
  toResultView,
  toSessionView,
} from './test-session-schemas.ts';

const shared = { tags: ['test-sessions'], security: bearerSecurity };

/** Test sessions of the user, from the first question to the result. */
export function testSessionsRoutes(
  dependencies: TestSessionDependencies & {
    readonly requireUser: RequireUser;
    readonly limits: RequestLimits;
  },
): FastifyPluginAsyncZod {
  return async (app) => {
    const { observability, requireUser } = dependencies;
    const tell = (sessionId: string) =>
      observability.setSpanAttribute('test_session.id', sessionId);
    app.addHook('onRequest', requireUser);
    app.addHook('preHandler', async ({ params }) => {
      const { sessionId } = params as { sessionId?: string };
      if (sessionId !== undefined) tell(sessionId);
    });

    app.route({
      method: 'POST',
      url: '',
      onRequest: dependencies.limits.user,
      schema: {
        ...shared,
        summary: 'Start a test session',
        body: startBodySchema,
        response: {
          201: startedSchema,
          ...problemResponses(
            'active_session_exists',
            'retake_too_early',
            'no_questions_available',
            'rate_limited',
          ),
        },
      },
      handler: async ({ body, userId }, reply) => {
        const { session, question } = await startTestSession(dependencies, { ...body, userId });
        tell(session.id);
        return reply
          .code(201)
          .header('Location', `/v1/test-sessions/${session.id}`)
          .send({ ...toSessionView(session), next: toQuestionView(question) });
      },
    });

    app.route({
      method: 'GET',
      url: '',
      schema: {
        ...shared,
        summary: 'History, newest first',
        querystring: historyQuerySchema,
        response: { 200: historySchema, ...problemResponses('unknown_cursor') },
      },
      handler: async ({ query, userId }) =>
        toHistoryView(await listTestSessions(dependencies, { ...query, userId })),
    });

    app.route({
      method: 'GET',
      url: '/active',
      schema: {
        ...shared,
        summary: 'The test session in progress',
        response: { 200: testSessionSchema, ...problemResponses('test_session_not_found') },
      },
      handler: async ({ userId }) =>
        toSessionView(await getActiveTestSession(dependencies, userId)),
    });

    app.route({
      method: 'GET',
      url: '/:sessionId',
      schema: {
        ...shared,
        summary: 'A test session with its progress',
        params: sessionParamsSchema,
        response: { 200: testSessionSchema, ...problemResponses('test_session_not_found') },
      },
      handler: async ({ params, userId }) =>
        toSessionView(await getTestSession(dependencies, { ...params, userId })),
    });

    app.route({
      method: 'GET',
      url: '/:sessionId/current-question',
      schema: {
        ...shared,
        summary: 'The question that waits for an answer',
        params: sessionParamsSchema,
        response: {
          200: currentQuestionSchema,
          ...problemResponses(
            'test_session_not_found',
            'test_session_finished',
            'test_session_expired',
          ),
        },
      },
      handler: async ({ params, userId }) => {
        const owned = { ...params, userId };
        const { session, question } = await getCurrentQuestion(dependencies, owned);
        const { itemsAnswered, itemsMax } = session;
        return {
          question: toQuestionView(question),
          position: itemsAnswered + 1,
          progress: { itemsAnswered, itemsMax },
        };
      },
    });

    app.route({
      method: 'POST',
      url: '/:sessionId/responses',
      onRequest: dependencies.limits.user,
      schema: {
        ...shared,
        summary: 'Answer the current question',
        description: 'Sent twice, an answer counts once and both requests get the same reply.',
        params: sessionParamsSchema,
        body: answerBodySchema,
        response: {
          200: receiptSchema,
          ...problemResponses(
            'option_out_of_range',
            'test_session_not_found',
            'test_session_finished',
            'test_session_expired',
            'question_not_current',
            'question_already_answered',
            'rate_limited',
          ),
        },
      },
      handler: async ({ params, body, userId }) =>
        toReceiptView(await answerQuestion(dependencies, { ...params, ...body, userId })),
    });

    app.route({
      method: 'POST',
      url: '/:sessionId/abandon',
      schema: {
        ...shared,
        summary: 'Give a test session up',
        params: sessionParamsSchema,
        response: {
          200: testSessionSchema,
          ...problemResponses('test_session_not_found', 'test_session_finished'),
        },
      },
      handler: async ({ params, userId }) =>
        toSessionView(await abandonTestSession(dependencies, { ...params, userId })),
    });

    app.route({
      method: 'GET',
      url: '/:sessionId/result',
      schema: {
        ...shared,
        summary: 'The score of a completed test session',
        params: sessionParamsSchema,
        response: {
          200: resultSchema,
          ...problemResponses('test_session_not_found', 'result_not_ready'),
        },
      },
      handler: async ({ params, userId }) =>
        toResultView(await getResult(dependencies, { ...params, userId })),
    });
  };
}
