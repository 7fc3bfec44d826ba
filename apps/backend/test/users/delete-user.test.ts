import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';
import { password, registerTaker, type TestTaker, takeSession } from '../testing/test-taker.ts';

const clock = createTestClock(new Date('2026-06-01T12:34:56.789Z'));
let running: TestApp;

beforeAll(async () => {
  running = await startTestApp({ clock });
  await fillBank(running.admin, 3);
});
afterAll(() => running.close());

/** Every row of every table that holds one of the texts, anywhere. */
async function findEverywhere(texts: readonly string[]): Promise<string[]> {
  const { prisma } = running.admin;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ row: string }[]>(
      `SELECT t::text AS row FROM ${name} t
       WHERE EXISTS (SELECT FROM unnest($1::text[]) AS word WHERE strpos(t::text, word) > 0)`,
      texts,
    );
    found.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return found;
}

/** A user who has left traces wherever one can: two finished sessions, one in progress, logins, failures. */
async function createTraces() {
  const taker = await registerTaker(running.app);
  const displayName = `Ada ${randomUUID()}`;
  await taker.send('PATCH', '/v1/users/me', { displayName });
  const finished = await takeSession(taker, { mode: 'fixed', itemsMax: 2 }, () => 0);
  const abandoned = (await taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' })).json();
  await taker.send('POST', `/v1/test-sessions/${abandoned.id}/abandon`);
  const active = (await taker.send('POST', '/v1/test-sessions', { mode: 'fixed' })).json();
  clock.advance(7);
  await taker.send('POST', `/v1/test-sessions/${active.id}/responses`, {
    questionId: active.next.id,
    optionIndex: 0,
  });
  await logIn(taker, 'not the password');
  await logIn(taker, password);
  const sessionIds: string[] = [finished.sessionId, abandoned.id, active.id];
  return { taker, displayName, sessionIds };
}

const logIn = ({ email }: TestTaker, given: string) =>
  running.app.inject({
    method: 'POST',
    url: '/v1/auth/login',
    payload: { email, password: given },
  });

describe('a deleted user', () => {
  test('has left nothing personal in any table, and no id that leads back', async () => {
    const { taker, displayName, sessionIds } = await createTraces();
    const texts = [taker.id, taker.email, displayName, ...sessionIds];
    const before = await findEverywhere(texts);

    const response = await taker.send('DELETE', '/v1/users/me');

    expect(before.length).toBeGreaterThan(8);
    expect(response.statusCode).toBe(204);
    expect(response.body).toBe('');
    expect(await findEverywhere(texts)).toEqual([]);
  });

  test('leaves responses behind, in sessions without a user and without a time of day', async () => {
    const { prisma } = running.admin;
    const { taker, sessionIds } = await createTraces();
    const responsesOf = (where: object) =>
      prisma.response.findMany({
        where,
        orderBy: [{ questionId: 'asc' }, { servedAt: 'asc' }],
        select: { questionId: true, optionIndex: true, correct: true, position: true },
      });
    const known = await prisma.testSession.findMany({ where: { userId: null } });
    const given = await responsesOf({ session: { userId: taker.id } });
    running.telemetry.reset();

    await taker.send('DELETE', '/v1/users/me');

    const where = { userId: null, id: { notIn: known.map(({ id }) => id) } };
    const kept = await prisma.testSession.findMany({ where, include: { responses: true } });
    const leftResults = await prisma.result.count({ where: { sessionId: { in: sessionIds } } });
    expect(await responsesOf({ session: where })).toEqual(given);
    expect(given).toHaveLength(3);
    expect(kept.map(({ status }) => status).sort()).toEqual(['abandoned', 'completed']);
    expect(kept.map(({ startedAt }) => startedAt.toISOString())).toEqual(
      kept.map(() => '2026-06-01T00:00:00.000Z'),
    );
    const secondsTaken = kept.flatMap(({ responses }) =>
      responses.map(
        ({ servedAt, answeredAt }) => (answeredAt.getTime() - servedAt.getTime()) / 1000,
      ),
    );
    expect(secondsTaken.sort()).toEqual([0, 0, 7]);
    expect(leftResults).toBe(0);
    expect(running.telemetry.metric('users.deletions')).toBe(1);
    expect(running.telemetry.metric('test.sessions.abandoned', { adaptive: 'false' })).toBe(1);
  });

  test('is in no log, span, event or error by name or address', async () => {
    running.telemetry.reset();
    const { taker, displayName } = await createTraces();
    await taker.send('DELETE', '/v1/users/me');

    const { telemetry } = running;
    const told = JSON.stringify([
      telemetry.spans(),
      telemetry.logs(),
      telemetry.events(),
      telemetry.errors(),
      telemetry.recorded(),
    ]);
    expect(told).toContain('/v1/auth/login');
    expect(told).not.toContain(taker.email);
    expect(told).not.toContain(displayName);
    expect(told).not.toContain(password);
  });

  test('can register again with the same address, as somebody new', async () => {
    const taker = await registerTaker(running.app);
    await taker.send('DELETE', '/v1/users/me');

    const again = await running.app.inject({
      method: 'POST',
      url: '/v1/auth/register',
      payload: { email: taker.email, password },
    });
    const gone = await taker.send('DELETE', '/v1/users/me');

    expect(again.statusCode).toBe(201);
    expect(again.json().user.id).not.toBe(taker.id);
    expect(gone.statusCode).toBe(401);
  });

  test('had a login of the last five minutes, by whatever it was renewed since', async () => {
    const taker = await registerTaker(running.app);
    clock.advance(301);
    const renewed = await running.app.inject({
      method: 'POST',
      url: '/v1/auth/refresh',
      payload: { refreshToken: taker.refreshToken },
    });
    const deleteWith = (accessToken: string) =>
      running.app.inject({
        method: 'DELETE',
        url: '/v1/users/me',
        headers: { authorization: `Bearer ${accessToken}` },
      });

    const refused = await deleteWith(renewed.json().accessToken);
    const fresh = await logIn(taker, password);
    const deleted = await deleteWith(fresh.json().accessToken);

    expect(refused.json()).toMatchObject({ status: 401, code: 'login_not_fresh' });
    expect(refused.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_user_authentication", max_age="300"',
    );
    expect(deleted.statusCode).toBe(204);
  });

  test('is deleted whole while answering and starting at the same moment', async () => {
    for (let round = 0; round < 6; round += 1) {
      const taker = await registerTaker(running.app);
      const { id, next } = (
        await taker.send('POST', '/v1/test-sessions', { mode: 'fixed', itemsMax: 1 })
      ).json();
      const answer = { questionId: next.id, optionIndex: 0 };

      const [, deleted] = await Promise.all([
        taker.send('POST', `/v1/test-sessions/${id}/responses`, answer),
        taker.send('DELETE', '/v1/users/me'),
        taker.send('POST', '/v1/test-sessions', { mode: 'adaptive' }),
      ]);

      expect(deleted.statusCode).toBe(204);
      expect(await findEverywhere([taker.id, taker.email, id])).toEqual([]);
    }
  });
});
