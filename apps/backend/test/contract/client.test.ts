import createClient from 'openapi-fetch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRunSummary } from '../admin/run-summary.ts';
import { fillBank } from '../testing/question-bank.ts';
import { adminToken, startTestApp, type TestApp } from '../testing/test-app.ts';
import { password } from '../testing/test-taker.ts';
import type { components, paths } from './api-types.ts';

let running: TestApp;
let baseUrl: string;

beforeAll(async () => {
  running = await startTestApp();
  await fillBank(running.admin, 2);
  baseUrl = await running.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => running.close());

/** Whatever this file asks for and reads is checked by tsc against the types made from the document. */
const clientOf = (token?: string) =>
  createClient<paths>({
    baseUrl,
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
  });

test('the generated client takes a user from registration to result, history and farewell', async () => {
  const email = 'client@example.org';
  const registered = await clientOf().POST('/v1/auth/register', { body: { email, password } });
  const login = await clientOf().POST('/v1/auth/login', { body: { email, password } });
  const token: string = login.data?.accessToken ?? '';
  const client = clientOf(token);

  const me = await client.GET('/v1/users/me');
  const started = await client.POST('/v1/test-sessions', {
    body: { mode: 'adaptive', itemsMax: 5 },
  });
  const sessionId = started.data?.id ?? '';
  const params = { path: { sessionId } };
  const current = await client.GET('/v1/test-sessions/{sessionId}/current-question', { params });
  let question: components['schemas']['Question'] | undefined = current.data?.question;
  let answers = 0;
  while (question !== undefined) {
    const body = { questionId: question.id, optionIndex: question.options.length - 1 };
    const answer = await client.POST('/v1/test-sessions/{sessionId}/responses', { params, body });
    expect(answer.error).toBeUndefined();
    question = answer.data?.next;
    answers += 1;
  }
  const result = await client.GET('/v1/test-sessions/{sessionId}/result', { params });
  const history = await client.GET('/v1/test-sessions', { params: { query: { limit: 1 } } });
  const left = await client.DELETE('/v1/users/me');
  const gone = await client.GET('/v1/users/me');

  expect(registered.response.status).toBe(201);
  expect(me.data).toMatchObject({ id: registered.data?.user.id, email });
  expect(answers).toBe(5);
  expect(result.data).toMatchObject({ sessionId, itemsAnswered: 5 });
  expect(history.data?.sessions[0]?.scaledScore).toBe(result.data?.scaledScore);
  expect(left.response.status).toBe(204);
  expect(gone.error?.code).toBe('unauthorized');
});

test('the generated client knows which codes a route can answer with', async () => {
  const { data } = await clientOf().POST('/v1/auth/register', {
    body: { email: 'codes@example.org', password },
  });
  const client = clientOf(data?.accessToken);
  const { data: session } = await client.POST('/v1/test-sessions', { body: { mode: 'fixed' } });
  const params = { path: { sessionId: session?.id ?? '' } };

  const { error, response } = await client.GET('/v1/test-sessions/{sessionId}/result', { params });

  // What the type does not list here is an error of tsc.
  const told: Record<NonNullable<typeof error>['code'], boolean> = {
    result_not_ready: true,
    test_session_not_found: false,
    unauthorized: false,
    validation_failed: false,
    bad_request: false,
    uri_too_long: false,
    internal_error: false,
    service_unavailable: false,
  };
  expect(error && told[error.code]).toBe(true);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
});

test('the generated client reports a run as question-service does, and reads it back', async () => {
  const client = clientOf(adminToken);
  const summary: components['schemas']['RunSummaryInput'] = JSON.parse(
    JSON.stringify(aRunSummary()),
  );
  const params = { path: { runId: summary.runId } };

  const put = await client.PUT('/v1/admin/generation-runs/{runId}', { params, body: summary });
  const got = await client.GET('/v1/admin/generation-runs/{runId}', { params });
  const list = await client.GET('/v1/admin/generation-runs', {
    params: { query: { state: 'succeeded', from: '2026-01-01T00:00:00Z' } },
  });

  expect(put.response.status).toBe(201);
  expect(got.data?.summary).toEqual(summary);
  expect(got.data?.stages.map(({ stage }) => stage)).toEqual([
    'generation',
    'evaluation',
    'deduplication',
    'storage',
  ]);
  expect(list.data?.generationRuns.map(({ runId }) => runId)).toEqual([summary.runId]);
});
