import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, type TestTaker, takeSession } from '../testing/test-taker.ts';

const clock = createTestClock(new Date('2026-03-01T12:00:00Z'));
const hour = 3600;
let running: TestApp;

beforeAll(async () => {
  running = await startTestApp({
    clock,
    change: (config) => ({
      ...config,
      auth: { ...config.auth, accessTokenSeconds: 86_400 },
      testSessions: { ...config.testSessions, retakeAfterSeconds: hour, durationSecondsMax: 600 },
    }),
  });
  await fillBank(running.admin, 2);
});
afterAll(() => running.close());

const start = (taker: TestTaker) =>
  taker.send('POST', '/v1/test-sessions', { mode: 'fixed', itemsMax: 1 });

test('the next session waits until the pause after the last one is over', async () => {
  const taker = await registerTaker(running.app);
  await takeSession(taker, { mode: 'fixed', itemsMax: 1 }, () => 0);
  const availableAt = new Date(clock.now().getTime() + hour * 1000).toISOString();
  clock.advance(hour - 0.5);

  const early = await start(taker);
  clock.advance(0.5);
  const then = await start(taker);

  expect(early.json()).toMatchObject({ status: 409, code: 'retake_too_early', availableAt });
  expect(early.headers['retry-after']).toBe('1');
  expect(then.statusCode).toBe(201);
});

test('giving a session up does not shorten the pause', async () => {
  const taker = await registerTaker(running.app);
  const started = await start(taker);
  await taker.send('POST', `/v1/test-sessions/${started.json().id}/abandon`);

  const next = await start(taker);

  expect(next.json()).toMatchObject({ code: 'retake_too_early' });
});

test('the pause after a session that ran out of time counts from its time, noticed or not', async () => {
  const taker = await registerTaker(running.app);
  await start(taker);
  clock.advance(600 + hour - 1);

  const early = await start(taker);
  clock.advance(1);
  const then = await start(taker);

  expect(early.json()).toMatchObject({ code: 'retake_too_early' });
  expect(early.headers['retry-after']).toBe('1');
  expect(then.statusCode).toBe(201);
});

test('an active session is named before the pause is', async () => {
  const taker = await registerTaker(running.app);
  await start(taker);

  expect((await start(taker)).json()).toMatchObject({ code: 'active_session_exists' });
});

test('sessions of others make nobody wait', async () => {
  const [one, other] = [await registerTaker(running.app), await registerTaker(running.app)];
  await takeSession(one, { mode: 'fixed', itemsMax: 1 }, () => 0);

  expect((await start(other)).statusCode).toBe(201);
});
