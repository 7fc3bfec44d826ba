import { afterEach, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { type BackendConfig, loadBackendConfig } from '../../src/config.ts';
import { fillBank } from '../testing/question-bank.ts';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker } from '../testing/test-taker.ts';

const skewSeconds = 120;
const running: TestApp[] = [];

afterEach(async () => {
  for (const app of running.splice(0).reverse()) await app.close();
});

/** Two instances of one service, whose clocks are this far behind and ahead of the true time. */
async function startSkewed(seconds: number, changed: Partial<BackendConfig> = {}) {
  const clock = createTestClock();
  const off = (by: number): Clock => ({ now: () => new Date(clock.now().getTime() + by * 1000) });
  const change = (config: BackendConfig) => ({ ...config, ...changed });
  const behind = await startTestApp({ clock: off(-seconds), change });
  running.push(behind);
  const ahead = await startTestApp({ clock: off(seconds), change, besides: behind });
  running.push(ahead);
  await fillBank(behind.admin, 4);
  return { clock, behind: behind.app, ahead: ahead.app, admin: behind.admin };
}

describe('instances whose clocks are four minutes apart', () => {
  test('play one session in turns, from registration to the result', async () => {
    const { behind, ahead, admin } = await startSkewed(skewSeconds);
    const taker = await registerTaker(ahead);
    const instances = [behind, ahead];

    const started = await taker.send(
      'POST',
      '/v1/test-sessions',
      { mode: 'adaptive', itemsMax: 8 },
      ahead,
    );
    const { id } = started.json();
    let { next } = started.json();
    for (let turn = 0; next !== undefined; turn += 1) {
      const answer = { questionId: next.id, optionIndex: 0 };
      const path = `/v1/test-sessions/${id}/responses`;
      ({ next } = (await taker.send('POST', path, answer, instances[turn % 2])).json());
    }
    const result = await taker.send('GET', `/v1/test-sessions/${id}/result`, undefined, behind);

    const responses = await admin.prisma.response.findMany({ where: { sessionId: id } });
    const session = await admin.prisma.testSession.findUniqueOrThrow({ where: { id } });
    expect(result.json()).toMatchObject({ itemsAnswered: 8 });
    expect(responses.filter(({ servedAt, answeredAt }) => answeredAt < servedAt)).toEqual([]);
    expect(Number(session.finishedAt)).toBeGreaterThanOrEqual(Number(session.startedAt));
    for (const { telemetry } of running) expect(telemetry.refused()).toBe(0);
  });

  test.for(['ahead', 'behind'] as const)(
    'take the tokens of the one that is %s',
    async (issuer) => {
      const skewed = await startSkewed(skewSeconds);
      const other = issuer === 'ahead' ? 'behind' : 'ahead';
      const taker = await registerTaker(skewed[issuer]);

      const me = await taker.send('GET', '/v1/users/me', undefined, skewed[other]);
      const refreshed = await skewed[other].inject({
        method: 'POST',
        url: '/v1/auth/refresh',
        payload: { refreshToken: taker.refreshToken },
      });

      expect(me.statusCode).toBe(200);
      expect(refreshed.statusCode).toBe(200);
    },
  );
});

test('a session ends within the skew of its end, whichever instance is asked, and only once', async () => {
  const { auth } = loadBackendConfig({ NODE_ENV: 'test' });
  const { clock, behind, ahead, admin } = await startSkewed(skewSeconds, {
    auth: { ...auth, accessTokenSeconds: 86_400 },
  });
  const taker = await registerTaker(behind);
  const started = await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' }, behind);
  const path = `/v1/test-sessions/${started.json().id}`;

  clock.advance(7200 - 3 * skewSeconds);
  const early = await taker.send('GET', path, undefined, ahead);
  clock.advance(2 * skewSeconds);
  const late = await taker.send('GET', path, undefined, ahead);
  const elsewhere = await taker.send('GET', path, undefined, behind);

  const row = await admin.prisma.testSession.findUniqueOrThrow({
    where: { id: started.json().id },
  });
  const abandoned = running.map(({ telemetry }) => telemetry.metric('test.sessions.abandoned'));
  expect(early.json().status).toBe('active');
  expect(late.json()).toMatchObject({ status: 'abandoned', stopReason: 'time_limit_reached' });
  expect(elsewhere.json()).toMatchObject({
    status: 'abandoned',
    finishedAt: late.json().finishedAt,
  });
  expect(row.finishedAt).toEqual(row.expiresAt);
  expect(abandoned.sort()).toEqual([0, 1]);
});

test('a session that ran out of time is not counted as active, though nobody has asked for it since', async () => {
  const { clock, behind, admin } = await startSkewed(0);
  const taker = await registerTaker(behind);
  await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' });
  const counted = () =>
    Promise.all(
      running.map(async ({ telemetry }) => {
        await telemetry.collect();
        return telemetry.metric('test.sessions.active', { adaptive: 'false' });
      }),
    );

  const before = await counted();
  clock.advance(7201);
  const after = await counted();

  expect(before).toEqual([1, 1]);
  expect(after).toEqual([0, 0]);
  expect(await admin.prisma.testSession.count({ where: { status: 'active' } })).toBe(1);
});
