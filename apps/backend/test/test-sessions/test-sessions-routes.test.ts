import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, takeSession } from '../testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
  await fillBank(running.admin, 4);
});
afterAll(() => running.close());

describe('starting a session', () => {
  test('serves its first question and says where the session is', async () => {
    const taker = await registerTaker(running.app);

    const response = await taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' });

    const { next, ...session } = response.json();
    expect(response.statusCode).toBe(201);
    expect(response.headers['location']).toBe(`/v1/test-sessions/${session.id}`);
    expect(session).toMatchObject({
      mode: 'adaptive',
      status: 'active',
      progress: { itemsAnswered: 0, itemsMax: 30 },
      stopReason: null,
      finishedAt: null,
    });
    expect(Object.keys(next).sort()).toEqual(['content', 'id', 'options', 'stimulus', 'type']);
  });

  test('is refused while one is active, and names it', async () => {
    const taker = await registerTaker(running.app);
    const started = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });

    const again = await taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' });

    expect(again.json()).toMatchObject({
      status: 409,
      code: 'active_session_exists',
      testSessionId: started.json().id,
    });
  });

  test('many times at once leaves one active session', async () => {
    const taker = await registerTaker(running.app);

    const responses = await Promise.all(
      Array.from({ length: 6 }, () => taker.send('POST', '/v1/test-sessions', { mode: 'fixed' })),
    );

    const codes = responses.map(({ statusCode }) => statusCode).sort();
    expect(codes).toEqual([201, 409, 409, 409, 409, 409]);
  });

  test('replaces a session that ran out of time', async () => {
    const clock = createTestClock();
    const timed = await startTestApp({
      besides: running,
      clock,
      change: (config) => ({ ...config, auth: { ...config.auth, accessTokenSeconds: 86_400 } }),
    });
    const taker = await registerTaker(timed.app);
    const old = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });
    clock.advance(7200);

    const fresh = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });

    const oldNow = await taker.send('GET', `/v1/test-sessions/${old.json().id}`);
    await timed.close();
    expect(fresh.statusCode).toBe(201);
    expect(oldNow.json()).toMatchObject({ status: 'abandoned', stopReason: 'time_limit_reached' });
  });

  test.for([
    [{}],
    [{ mode: 'quick' }],
    [{ mode: 'fixed', itemsMax: 0 }],
    [{ mode: 'fixed', itemsMax: 61 }],
    [{ mode: 'fixed', itemsMax: 1e9 }],
    [{ mode: 'fixed', userId: 'me' }],
  ])('with %j is not valid', async ([body]) => {
    const taker = await registerTaker(running.app);

    const response = await taker.send('POST', '/v1/test-sessions', body);

    expect(response.json()).toMatchObject({ status: 400, code: 'validation_failed' });
  });

  test('on an empty bank answers 503 and says how to fill it', async () => {
    const empty = await startTestApp();
    const taker = await registerTaker(empty.app);

    const response = await taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' });
    await fillBank(empty.admin, 1);
    const filled = await taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' });
    await empty.close();

    expect(response.json()).toMatchObject({ status: 503, code: 'no_questions_available' });
    expect(response.json().detail).toContain('pnpm generate');
    expect(filled.statusCode).toBe(201);
  });

  test('by a user who was deleted asks for a new login', async () => {
    const taker = await registerTaker(running.app);
    await taker.send('DELETE', '/v1/users/me');

    const response = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });

    expect(response.json()).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});

describe('a session in progress', () => {
  test('is found as the active one, with its current question', async () => {
    const taker = await registerTaker(running.app);
    const started = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });
    const { next, ...session } = started.json();

    const active = await taker.send('GET', '/v1/test-sessions/active');
    const byId = await taker.send('GET', `/v1/test-sessions/${session.id}`);
    const current = await taker.send('GET', `/v1/test-sessions/${session.id}/current-question`);

    expect(active.json()).toEqual(session);
    expect(byId.json()).toEqual(session);
    expect(current.json()).toEqual({ question: next, position: 1, progress: session.progress });
  });

  test('has no result yet', async () => {
    const taker = await registerTaker(running.app);
    const started = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });

    const result = await taker.send('GET', `/v1/test-sessions/${started.json().id}/result`);

    expect(result.json()).toMatchObject({ status: 409, code: 'result_not_ready' });
  });

  test('is counted by the gauge of active sessions, from the database', async () => {
    const counting = await startTestApp();
    await fillBank(counting.admin, 1);
    const takers = await Promise.all([1, 2, 3].map(() => registerTaker(counting.app)));
    await Promise.all(
      takers.map((taker) => taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' })),
    );

    await counting.telemetry.collect();

    await counting.close();
    expect(counting.telemetry).toHaveRecordedMetric('test.sessions.active', {
      value: 3,
      labels: { adaptive: 'true' },
    });
  });
});

describe('abandoning a session', () => {
  test('ends it without a result, makes room for the next, and can be repeated', async () => {
    const taker = await registerTaker(running.app);
    const started = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });
    const url = `/v1/test-sessions/${started.json().id}`;
    running.telemetry.reset();

    const once = await taker.send('POST', `${url}/abandon`);
    const twice = await taker.send('POST', `${url}/abandon`);
    const current = await taker.send('GET', `${url}/current-question`);
    const next = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });

    expect(once.json()).toMatchObject({ status: 'abandoned', stopReason: 'abandoned' });
    expect(twice.json()).toEqual(once.json());
    expect(current.json()).toMatchObject({ status: 409, code: 'test_session_finished' });
    expect(next.statusCode).toBe(201);
    expect(running.telemetry).toHaveRecordedMetric('test.sessions.abandoned', { value: 1 });
  });

  test('is refused once it is completed', async () => {
    const taker = await registerTaker(running.app);
    const { sessionId } = await takeSession(taker, { mode: 'fixed', itemsMax: 1 }, () => 0);

    const response = await taker.send('POST', `/v1/test-sessions/${sessionId}/abandon`);

    expect(response.json()).toMatchObject({ status: 409, code: 'test_session_finished' });
  });
});

test('history lists the sessions page by page, newest first, each once', async () => {
  const taker = await registerTaker(running.app);
  const taken: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const session = await takeSession(taker, { mode: 'fixed', itemsMax: 1 }, () => 0);
    taken.unshift(session.sessionId);
  }

  const page = await taker.send('GET', '/v1/test-sessions?limit=2');
  const { nextCursor } = page.json();
  const last = await taker.send('GET', `/v1/test-sessions?limit=2&cursor=${nextCursor}`);

  const listed = [...page.json().sessions, ...last.json().sessions];
  expect(listed.map(({ id }) => id)).toEqual(taken);
  expect(listed[0]).toMatchObject({ status: 'completed', scaledScore: expect.any(Number) });
  expect(last.json().nextCursor).toBeNull();
});

test.for([
  ['GET', ''],
  ['GET', '/current-question'],
  ['GET', '/result'],
  ['POST', '/abandon'],
] as const)("another user's session is not found by %s …%s", async ([method, path]) => {
  const owner = await registerTaker(running.app);
  const stranger = await registerTaker(running.app);
  const started = await owner.send('POST', '/v1/test-sessions', { mode: 'fixed' });

  const url = `/v1/test-sessions/${started.json().id}${path}`;
  const response = await stranger.send(method, url);

  expect(response.json()).toMatchObject({ status: 404, code: 'test_session_not_found' });
});

test.for([
  ['POST', '/v1/test-sessions'],
  ['GET', '/v1/test-sessions'],
  ['GET', '/v1/test-sessions/active'],
  ['GET', '/v1/test-sessions/00000000-0000-4000-8000-000000000000'],
  ['GET', '/v1/test-sessions/00000000-0000-4000-8000-000000000000/current-question'],
  ['POST', '/v1/test-sessions/00000000-0000-4000-8000-000000000000/responses'],
  ['POST', '/v1/test-sessions/00000000-0000-4000-8000-000000000000/abandon'],
  ['GET', '/v1/test-sessions/00000000-0000-4000-8000-000000000000/result'],
] as const)('%s %s asks for an access token', async ([method, url]) => {
  const response = await running.app.inject({ method, url });

  expect(response.json()).toMatchObject({ status: 401, code: 'unauthorized' });
  expect(response.headers['www-authenticate']).toBe('Bearer');
});
