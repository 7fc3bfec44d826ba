import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker, takeSession } from '../testing/test-taker.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
  await fillBank(running.admin, 1);
});
afterAll(() => running.close());

describe('/v1/users/me', () => {
  test('is the user, without anything of the password', async () => {
    const taker = await registerTaker(running.app);

    const response = await taker.send('GET', '/v1/users/me');

    expect(response.json()).toEqual({
      id: taker.id,
      email: taker.email,
      displayName: null,
      createdAt: expect.any(String),
    });
  });

  test('changes its display name and can lose it', async () => {
    const taker = await registerTaker(running.app);

    const named = await taker.send('PATCH', '/v1/users/me', { displayName: 'Ada' });
    const unnamed = await taker.send('PATCH', '/v1/users/me', { displayName: null });

    expect(named.json().displayName).toBe('Ada');
    expect(unnamed.json().displayName).toBeNull();
  });

  test('does not change what it may not', async () => {
    const taker = await registerTaker(running.app);

    const response = await taker.send('PATCH', '/v1/users/me', { email: 'other@example.org' });

    expect(response.json()).toMatchObject({ status: 400, code: 'validation_failed' });
  });

  test('is deleted with sessions, responses, results and tokens', async () => {
    const taker = await registerTaker(running.app);
    await takeSession(taker, { mode: 'fixed', itemsMax: 2 }, () => 0);

    const response = await taker.send('DELETE', '/v1/users/me');
    const after = await taker.send('GET', '/v1/users/me');
    const again = await taker.send('DELETE', '/v1/users/me');

    const { prisma } = running.admin;
    const where = { userId: taker.id };
    const left = [
      await prisma.testSession.count({ where }),
      await prisma.result.count({ where }),
      await prisma.authToken.count({ where }),
      await prisma.response.count({ where: { session: where } }),
    ];
    expect(response.statusCode).toBe(204);
    expect(after.statusCode).toBe(401);
    expect(again.statusCode).toBe(401);
    expect(left).toEqual([0, 0, 0, 0]);
  });

  test.for(['GET', 'PATCH', 'DELETE'] as const)('asks %s for an access token', async (method) => {
    const response = await running.app.inject({ method, url: '/v1/users/me' });

    expect(response.json()).toMatchObject({ status: 401, code: 'unauthorized' });
  });
});
