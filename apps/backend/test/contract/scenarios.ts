import { randomUUID } from 'node:crypto';
import { aRunSummary } from '../admin/run-summary.ts';
import { adminToken, type TestApp } from '../testing/test-app.ts';
import { password, registerTaker, type TestTaker, takeSession } from '../testing/test-taker.ts';
import type { Answer, Operation } from './operations.ts';
import type { World } from './world.ts';

export type Scenario = (world: World, operation: Operation) => Promise<Answer>;

/** How each code comes that any route of a shape can answer with. */
export const generalScenarios: Readonly<Record<string, Scenario>> = {
  internal_error: (world, operation) => world.send(world.bare, operation),
  service_unavailable: (world, operation) => world.send(world.cut, operation),
  malformed_body: (world, operation) => world.send(world.open, operation, { payload: '{"a":' }),
  body_too_large: (world, operation) =>
    world.send(world.open, operation, { payload: JSON.stringify('x'.repeat(70_000)) }),
  unsupported_media_type: (world, operation) =>
    world.send(world.open, operation, { payload: '<a/>', contentType: 'text/xml' }),
  validation_failed: (world, operation) => {
    const [parameter] = operation.parameters.filter((one) => one.in === 'path');
    if (parameter) {
      return world.send(world.open, operation, { parameters: { [parameter.name]: 'no-uuid' } });
    }
    if (operation.body !== undefined) return world.send(world.open, operation, { body: [] });
    return world.send(world.open, operation, { query: '?unheard-of=1' });
  },
  bad_request: (world, operation) =>
    world.send(world.open, operation, { parameters: allParameters(operation, '%') }),
  uri_too_long: (world, operation) =>
    world.send(world.open, operation, { parameters: allParameters(operation, 'x'.repeat(200)) }),
  unauthorized: (world, operation) => world.send(world.open, operation, { token: null }),
  route_not_found: (world, operation) => world.send(world.closed, operation),
  rate_limited: async (world, operation) => {
    await world.send(world.limited, operation);
    return world.send(world.limited, operation);
  },
};

/** What a success is asked by, where a valid request by anybody is none; and the codes of some routes only. */
export const ownScenarios: Readonly<Record<string, Scenario>> = {
  'POST /v1/auth/login 200': async ({ open }) => {
    const { email } = await registerTaker(open.app);
    return post(open, '/v1/auth/login', { email, password });
  },
  'POST /v1/auth/login invalid_credentials': ({ open }) =>
    post(open, '/v1/auth/login', { email: 'nobody@example.org', password: 'wrong' }),
  'POST /v1/auth/register 201': ({ open }) =>
    post(open, '/v1/auth/register', { email: `${randomUUID()}@example.org`, password }),
  'POST /v1/auth/register email_taken': async ({ open, taker }) =>
    post(open, '/v1/auth/register', { email: taker.email, password }),
  'POST /v1/auth/refresh 200': async ({ open }) => {
    const { refreshToken } = await registerTaker(open.app);
    return post(open, '/v1/auth/refresh', { refreshToken });
  },
  'POST /v1/auth/refresh invalid_refresh_token': (world, operation) =>
    world.send(world.open, operation),
  'POST /v1/auth/logout-all 204': async ({ open }) =>
    (await registerTaker(open.app)).send('POST', '/v1/auth/logout-all'),
  'DELETE /v1/users/me 204': async ({ open }) =>
    (await registerTaker(open.app)).send('DELETE', '/v1/users/me'),
  'DELETE /v1/users/me login_not_fresh': async ({ timed, clock }) => {
    const taker = await registerTaker(timed.app);
    clock.advance(301);
    return taker.send('DELETE', '/v1/users/me');
  },
  'POST /v1/users/me/password 200': async ({ open }) =>
    (await registerTaker(open.app)).send('POST', '/v1/users/me/password', {
      currentPassword: password,
      newPassword: 'another battery of staples',
    }),
  'POST /v1/users/me/password wrong_password': async ({ open }) =>
    (await registerTaker(open.app)).send('POST', '/v1/users/me/password', {
      currentPassword: 'not the password',
      newPassword: 'another battery of staples',
    }),

  'POST /v1/test-sessions 201': async ({ open }) => start(await registerTaker(open.app)),
  'POST /v1/test-sessions active_session_exists': async ({ open }) => {
    const taker = await registerTaker(open.app);
    await start(taker);
    return start(taker);
  },
  'POST /v1/test-sessions retake_too_early': async ({ timed }) => {
    const taker = await registerTaker(timed.app);
    await takeSession(taker, { mode: 'fixed', itemsMax: 1 }, () => 0);
    return start(taker);
  },
  'POST /v1/test-sessions no_questions_available': async ({ bare }) =>
    start(await registerTaker(bare.app)),
  'GET /v1/test-sessions unknown_cursor': ({ taker }) =>
    taker.send('GET', `/v1/test-sessions?cursor=${randomUUID()}`),
  'GET /v1/test-sessions 200': async ({ open }) => {
    const { taker } = await finished(open);
    await start(taker);
    return taker.send('GET', '/v1/test-sessions');
  },
  'GET /v1/test-sessions/active 200': async ({ open }) => {
    const { taker } = await started(open);
    return taker.send('GET', '/v1/test-sessions/active');
  },
  'GET /v1/test-sessions/active test_session_not_found': async ({ open }) =>
    (await registerTaker(open.app)).send('GET', '/v1/test-sessions/active'),
  'GET /v1/test-sessions/{sessionId} 200': async ({ open }) => {
    const { taker, url } = await started(open);
    return taker.send('GET', url);
  },
  'GET /v1/test-sessions/{sessionId} test_session_not_found': unknownSession('GET', ''),
  'GET /v1/test-sessions/{sessionId}/current-question 200': async ({ open }) => {
    const { taker, url } = await started(open);
    return taker.send('GET', `${url}/current-question`);
  },
  'GET /v1/test-sessions/{sessionId}/current-question test_session_not_found': unknownSession(
    'GET',
    '/current-question',
  ),
  'GET /v1/test-sessions/{sessionId}/current-question test_session_finished': async ({ open }) => {
    const { taker, url } = await finished(open);
    return taker.send('GET', `${url}/current-question`);
  },
  'GET /v1/test-sessions/{sessionId}/current-question test_session_expired': async (world) => {
    const { taker, url } = await expired(world);
    return taker.send('GET', `${url}/current-question`);
  },
  'POST /v1/test-sessions/{sessionId}/responses 200': async ({ open }) => {
    const { taker, url, questionId } = await started(open);
    return taker.send('POST', `${url}/responses`, { questionId, optionIndex: 0 });
  },
  'POST /v1/test-sessions/{sessionId}/responses option_out_of_range': async ({ open }) => {
    const { taker, url, questionId } = await started(open);
    return taker.send('POST', `${url}/responses`, { questionId, optionIndex: 7 });
  },
  'POST /v1/test-sessions/{sessionId}/responses test_session_not_found': unknownSession(
    'POST',
    '/responses',
    { questionId: randomUUID(), optionIndex: 0 },
  ),
  'POST /v1/test-sessions/{sessionId}/responses test_session_finished': async ({ open }) => {
    const { taker, url } = await finished(open);
    const questionId = randomUUID();
    return taker.send('POST', `${url}/responses`, { questionId, optionIndex: 0 });
  },
  'POST /v1/test-sessions/{sessionId}/responses test_session_expired': async (world) => {
    const { taker, url, questionId } = await expired(world);
    return taker.send('POST', `${url}/responses`, { questionId, optionIndex: 0 });
  },
  'POST /v1/test-sessions/{sessionId}/responses question_not_current': async ({ open }) => {
    const { taker, url } = await started(open);
    const questionId = randomUUID();
    return taker.send('POST', `${url}/responses`, { questionId, optionIndex: 0 });
  },
  'POST /v1/test-sessions/{sessionId}/responses question_already_answered': async ({ open }) => {
    const { taker, url, questionId } = await started(open);
    await taker.send('POST', `${url}/responses`, { questionId, optionIndex: 0 });
    return taker.send('POST', `${url}/responses`, { questionId, optionIndex: 1 });
  },
  'POST /v1/test-sessions/{sessionId}/abandon 200': async ({ open }) => {
    const { taker, url } = await started(open);
    return taker.send('POST', `${url}/abandon`);
  },
  'POST /v1/test-sessions/{sessionId}/abandon test_session_not_found': unknownSession(
    'POST',
    '/abandon',
  ),
  'POST /v1/test-sessions/{sessionId}/abandon test_session_finished': async ({ open }) => {
    const { taker, url } = await finished(open);
    return taker.send('POST', `${url}/abandon`);
  },
  'GET /v1/test-sessions/{sessionId}/result 200': async ({ open }) => {
    const { taker, url } = await finished(open);
    return taker.send('GET', `${url}/result`);
  },
  'GET /v1/test-sessions/{sessionId}/result test_session_not_found': unknownSession(
    'GET',
    '/result',
  ),
  'GET /v1/test-sessions/{sessionId}/result result_not_ready': async ({ open }) => {
    const { taker, url } = await started(open);
    return taker.send('GET', `${url}/result`);
  },

  'PUT /v1/admin/generation-runs/{runId} 200': async ({ open }) => {
    const summary = aRunSummary();
    await put(open, summary);
    return put(open, summary);
  },
  'GET /v1/admin/generation-runs 200': async (world, operation) => {
    await put(world.open, aRunSummary());
    return world.send(world.open, operation);
  },
  'GET /v1/admin/generation-runs unknown_cursor': (world, operation) =>
    world.send(world.open, operation, { query: `?cursor=${randomUUID()}` }),
  'GET /v1/admin/generation-runs/{runId} 200': async (world, operation) => {
    const { runId } = aRunSummary();
    await put(world.open, aRunSummary({ runId }));
    return world.send(world.open, operation, { parameters: { runId } });
  },
  'GET /v1/admin/generation-runs/{runId} generation_run_not_found': (world, operation) =>
    world.send(world.open, operation),
};

function allParameters({ parameters }: Operation, value: string): Record<string, string> {
  return Object.fromEntries(parameters.map(({ name }) => [name, value]));
}

function post({ app }: TestApp, url: string, payload: object): Promise<Answer> {
  return app.inject({ method: 'POST', url, payload });
}

function put({ app }: TestApp, summary: ReturnType<typeof aRunSummary>): Promise<Answer> {
  return app.inject({
    method: 'PUT',
    url: `/v1/admin/generation-runs/${summary.runId}`,
    headers: { authorization: `Bearer ${adminToken}` },
    payload: summary,
  });
}

const start = (taker: TestTaker) => taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' });

async function started(at: TestApp) {
  const taker = await registerTaker(at.app);
  const { id, next } = (await start(taker)).json();
  return { taker, url: `/v1/test-sessions/${id}`, questionId: next.id as string };
}

async function finished(at: TestApp) {
  const taker = await registerTaker(at.app);
  const { sessionId } = await takeSession(taker, { mode: 'fixed', itemsMax: 1 }, () => 0);
  return { taker, url: `/v1/test-sessions/${sessionId}` };
}

async function expired({ timed, clock }: World) {
  const session = await started(timed);
  clock.advance(7200);
  return session;
}

function unknownSession(method: 'GET' | 'POST', path: string, body?: object): Scenario {
  return ({ taker }) => taker.send(method, `/v1/test-sessions/${randomUUID()}${path}`, body);
}
