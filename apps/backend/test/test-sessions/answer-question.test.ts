import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillBank, keyOf } from '../testing/question-bank.ts';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, type TestTaker, takeSession } from '../testing/test-taker.ts';

let first: TestApp;
let second: TestApp;

beforeAll(async () => {
  first = await startTestApp();
  await fillBank(first.admin, 4);
  second = await startTestApp({ besides: first });
});
afterAll(async () => {
  await second.close();
  await first.close();
});

async function start(taker: TestTaker, mode: 'fixed' | 'adaptive' = 'adaptive') {
  const response = await taker.send('POST', '/v1/test-sessions', { mode });
  const { next, ...session } = response.json();
  const url = `/v1/test-sessions/${session.id}`;
  return { url, sessionId: session.id as string, next };
}

describe('an answer', () => {
  test('sent twice counts once and gets the same reply', async () => {
    const taker = await registerTaker(first.app);
    const { url, next } = await start(taker);
    const answer = { questionId: next.id, optionIndex: 1 };

    const once = await taker.send('POST', `${url}/responses`, answer);
    const twice = await taker.send('POST', `${url}/responses`, answer);

    expect(once.statusCode).toBe(200);
    expect(once.json()).toMatchObject({ done: false, progress: { itemsAnswered: 1 } });
    expect(twice.json()).toEqual(once.json());
  });

  test('of another kind to an answered question is refused', async () => {
    const taker = await registerTaker(first.app);
    const { url, next } = await start(taker);
    await taker.send('POST', `${url}/responses`, { questionId: next.id, optionIndex: 1 });

    const changed = await taker.send('POST', `${url}/responses`, {
      questionId: next.id,
      optionIndex: 2,
    });

    expect(changed.statusCode).toBe(409);
    expect(changed.json()).toMatchObject({ code: 'question_already_answered' });
  });

  test('to a question that is not the current one is refused', async () => {
    const taker = await registerTaker(first.app);
    const { url } = await start(taker);
    const questionId = crypto.randomUUID();

    const response = await taker.send('POST', `${url}/responses`, { questionId, optionIndex: 0 });

    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({ code: 'question_not_current' });
  });

  test('to a later question of the form, or to one of the bank that is not in it, is refused', async () => {
    const taker = await registerTaker(first.app);
    const { url, sessionId } = await start(taker, 'fixed');
    const { prisma } = first.admin;
    const { formQuestionIds } = await prisma.testSession.findUniqueOrThrow({
      where: { id: sessionId },
    });
    const foreign = await prisma.question.findFirstOrThrow({
      where: { id: { notIn: formQuestionIds } },
    });

    const replies = await Promise.all(
      [formQuestionIds[1], formQuestionIds[17], foreign.id].map((questionId) =>
        taker.send('POST', `${url}/responses`, { questionId, optionIndex: 0 }),
      ),
    );

    const stored = await prisma.response.count({ where: { sessionId } });
    expect(replies.map((reply) => reply.json().code)).toEqual(
      Array(3).fill('question_not_current'),
    );
    expect(stored).toBe(0);
  });

  test('with an option that the question does not have is refused', async () => {
    const taker = await registerTaker(first.app);
    const { url, next } = await start(taker);
    const answer = { questionId: next.id, optionIndex: 4 };

    const response = await taker.send('POST', `${url}/responses`, answer);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ code: 'option_out_of_range' });
  });

  test.for([
    [{}, 'body.questionId'],
    [{ questionId: 'x', optionIndex: 0 }, 'body.questionId'],
    [{ questionId: crypto.randomUUID(), optionIndex: -1 }, 'body.optionIndex'],
    [{ questionId: crypto.randomUUID(), optionIndex: 1.5 }, 'body.optionIndex'],
    [{ questionId: crypto.randomUUID(), optionIndex: '1' }, 'body.optionIndex'],
  ] as const)('that is %j is not valid, and the place is named', async ([body, path]) => {
    const taker = await registerTaker(first.app);
    const { url } = await start(taker);

    const response = await taker.send('POST', `${url}/responses`, body);

    expect(response.statusCode).toBe(400);
    expect(response.json().code).toBe('validation_failed');
    expect(response.json().errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  test('to a finished session is refused, but for the last one sent again', async () => {
    const taker = await registerTaker(first.app);
    const { sessionId, questionIds } = await takeSession(
      taker,
      { mode: 'fixed', itemsMax: 2 },
      () => 1,
    );
    const url = `/v1/test-sessions/${sessionId}/responses`;

    const again = await taker.send('POST', url, { questionId: questionIds[1], optionIndex: 1 });
    const late = await taker.send('POST', url, {
      questionId: crypto.randomUUID(),
      optionIndex: 1,
    });

    expect(again.json()).toMatchObject({ done: true, progress: { itemsAnswered: 2 } });
    expect(late.json()).toMatchObject({ status: 409, code: 'test_session_finished' });
  });

  test('to the session of another user finds no session', async () => {
    const taker = await registerTaker(first.app);
    const other = await registerTaker(first.app);
    const { url, next } = await start(taker);
    const answer = { questionId: next.id, optionIndex: 0 };

    const response = await other.send('POST', `${url}/responses`, answer);

    expect(response.json()).toMatchObject({ status: 404, code: 'test_session_not_found' });
  });

  test('that comes after the time limit ends the session without a result', async () => {
    const clock = createTestClock();
    const timed = await startTestApp({ besides: first, clock });
    const taker = await registerTaker(timed.app);
    const { url, next } = await start(taker);
    clock.advance(7201);
    const renewed = await timed.dependencies.auth.login({
      email: taker.email,
      password: 'correct horse battery staple',
      address: '127.0.0.1',
    });
    const headers = { authorization: `Bearer ${renewed.tokens.accessToken}` };
    const payload = { questionId: next.id, optionIndex: 0 };

    const late = await timed.app.inject({
      method: 'POST',
      url: `${url}/responses`,
      headers,
      payload,
    });
    const session = await timed.app.inject({ url, headers });
    await timed.close();

    expect(late.json()).toMatchObject({ status: 409, code: 'test_session_expired' });
    expect(session.json()).toMatchObject({
      status: 'abandoned',
      stopReason: 'time_limit_reached',
    });
    expect(timed.telemetry).toHaveRecordedMetric('test.sessions.abandoned', { value: 1 });
  });
});

describe('answers at the same time', () => {
  test('that are equal count once, over two instances, and all get the same reply', async () => {
    const taker = await registerTaker(first.app);
    const { url, sessionId, next } = await start(taker);
    const answer = { questionId: next.id, optionIndex: await keyOf(first.admin, next.id) };

    const replies = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        taker.send('POST', `${url}/responses`, answer, index % 2 ? first.app : second.app),
      ),
    );

    const stored = await first.admin.prisma.response.count({ where: { sessionId } });
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(Array(12).fill(200));
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
    expect(stored).toBe(1);
  });

  test('that differ: one counts, the others are refused', async () => {
    const taker = await registerTaker(first.app);
    const { url, sessionId, next } = await start(taker);

    const replies = await Promise.all(
      [0, 1, 2, 3].map((optionIndex) =>
        taker.send(
          'POST',
          `${url}/responses`,
          { questionId: next.id, optionIndex },
          optionIndex % 2 ? first.app : second.app,
        ),
      ),
    );

    const stored = await first.admin.prisma.response.count({ where: { sessionId } });
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
    expect(stored).toBe(1);
  });

  test('to the last question complete the session once', async () => {
    const taker = await registerTaker(first.app);
    const started = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed', itemsMax: 1 });
    const { next, ...session } = started.json();
    const url = `/v1/test-sessions/${session.id}/responses`;
    first.telemetry.reset();
    second.telemetry.reset();

    const replies = await Promise.all(
      [first, second, first, second].map(({ app }) =>
        taker.send('POST', url, { questionId: next.id, optionIndex: 0 }, app),
      ),
    );

    const completed = [first, second].map(({ telemetry }) =>
      telemetry.metric('test.sessions.completed'),
    );
    const results = await first.admin.prisma.result.count({ where: { sessionId: session.id } });
    expect(replies.every((reply) => reply.json().done)).toBe(true);
    expect(completed.reduce((sum, count) => sum + count)).toBe(1);
    expect(results).toBe(1);
  });
});

test('a whole session can be taken over two instances in turn', async () => {
  const taker = await registerTaker(first.app);
  const started = await taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' }, second.app);
  const url = `/v1/test-sessions/${started.json().id}`;
  let answers = 0;

  for (let next = started.json().next; next !== undefined; answers += 1) {
    const at = answers % 2 ? first.app : second.app;
    const reply = await taker.send(
      'POST',
      `${url}/responses`,
      { questionId: next.id, optionIndex: answers % 4 },
      at,
    );
    next = reply.json().next;
  }

  const result = await taker.send('GET', `${url}/result`, undefined, first.app);
  expect(result.json()).toMatchObject({ itemsAnswered: answers });
});
