import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, type TestTaker, takeSession } from '../testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
  await fillBank(running.admin, 2);
});
afterAll(() => running.close());

const history = async (taker: TestTaker, query = '') =>
  (await taker.send('GET', `/v1/test-sessions${query}`)).json();

async function takeSessions(taker: TestTaker, count: number): Promise<string[]> {
  const newestFirst: string[] = [];
  for (let taken = 0; taken < count; taken += 1) {
    const { sessionId } = await takeSession(taker, { mode: 'fixed', itemsMax: 1 }, () => 0);
    newestFirst.unshift(sessionId);
  }
  return newestFirst;
}

describe('the history of sessions', () => {
  test('is read page by page, each session once, while others are started', async () => {
    const taker = await registerTaker(running.app);
    const taken = await takeSessions(taker, 5);
    const listed: string[] = [];

    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await history(taker, `?limit=2${cursor && `&cursor=${cursor}`}`);
      listed.push(...page.sessions.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor;
      await takeSessions(taker, 1);
    }

    expect(listed).toEqual(taken);
  });

  test('has no further page where the last one is full', async () => {
    const taker = await registerTaker(running.app);
    await takeSessions(taker, 2);

    const page = await history(taker, '?limit=2');

    expect(page.sessions).toHaveLength(2);
    expect(page.nextCursor).toBeNull();
  });

  test('is empty for who took no session', async () => {
    const taker = await registerTaker(running.app);

    expect(await history(taker)).toEqual({ sessions: [], nextCursor: null });
  });

  test('goes on from sessions of the same user only', async () => {
    const taker = await registerTaker(running.app);
    const other = await registerTaker(running.app);
    await takeSessions(taker, 1);
    const [foreign] = await takeSessions(other, 1);

    const answers = [
      await history(taker, `?cursor=${foreign}`),
      await history(taker, `?cursor=${randomUUID()}`),
    ];

    for (const answer of answers) expect(answer).toMatchObject({ code: 'unknown_cursor' });
  });

  test.for([['limit=0'], ['limit=101'], ['limit=2.5'], ['limit=x'], ['cursor=x'], ['page=2']])(
    'refuses ?%s',
    async ([query]) => {
      const taker = await registerTaker(running.app);

      expect(await history(taker, `?${query}`)).toMatchObject({ code: 'validation_failed' });
    },
  );

  test('tells of a session that ran out of time that it is over', async () => {
    const clock = createTestClock();
    const timed = await startTestApp({
      besides: running,
      clock,
      change: (config) => ({ ...config, auth: { ...config.auth, accessTokenSeconds: 86_400 } }),
    });
    const taker = await registerTaker(timed.app);
    await taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' });
    clock.advance(7200);

    const { sessions } = await history(taker);
    await timed.close();

    expect(sessions).toMatchObject([
      { status: 'abandoned', stopReason: 'time_limit_reached', scaledScore: null },
    ]);
  });
});
