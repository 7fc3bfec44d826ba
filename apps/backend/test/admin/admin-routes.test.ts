import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { adminToken, startTestApp, type TestApp } from '../testing/test-app.ts';
import { registerTaker } from '../testing/test-taker.ts';
import { aRunSummary } from './run-summary.ts';

let running: TestApp;

beforeAll(async () => {
  running = await startTestApp();
});
afterAll(() => running.close());

const send = (method: 'GET' | 'PUT', path: string, payload?: object, token = adminToken) =>
  running.app.inject({
    method,
    url: `/v1/admin${path}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  });

describe('reporting a generation run', () => {
  test('creates it, and tells it as it was reported', async () => {
    const summary = aRunSummary();

    const response = await send('PUT', `/generation-runs/${summary.runId}`, summary);
    const found = await send('GET', `/generation-runs/${summary.runId}`);

    expect(response.statusCode).toBe(201);
    expect(found.json()).toMatchObject({ runId: summary.runId, summary });
  });

  test('takes reports of runs that knew no fallbacks: some still wait in an outbox', async () => {
    const { fallbacks, byProvider, ...older } = aRunSummary();
    const counts = { requested: 48, generated: 47, approved: 42, inserted: 40 };

    const response = await send('PUT', `/generation-runs/${older.runId}`, {
      ...older,
      byProvider: { procedural: counts },
    });

    expect([fallbacks, Object.keys(byProvider)]).toEqual([0, ['procedural']]);
    expect(response.statusCode).toBe(201);
  });

  test('again replaces what was reported before', async () => {
    const summary = aRunSummary();
    await send('PUT', `/generation-runs/${summary.runId}`, { ...summary, state: 'interrupted' });

    const response = await send('PUT', `/generation-runs/${summary.runId}`, summary);

    const rows = await running.admin.prisma.generationRun.findMany({
      where: { runId: summary.runId },
    });
    expect(response.statusCode).toBe(200);
    expect(rows).toMatchObject([{ state: 'succeeded', requested: 48, inserted: 40 }]);
  });

  test('older than what is known changes nothing, in whatever order they come', async () => {
    const { runId, ...rest } = aRunSummary();
    const reports = [1, 2, 3].map((minute) => ({
      ...rest,
      runId,
      seed: minute,
      completedAt: `2026-01-01T00:0${minute}:00.000Z`,
    }));
    const inDisorder = [1, 2, 0, 1].map((index) => reports[index]);

    const replies = [];
    for (const summary of inDisorder) {
      replies.push(await send('PUT', `/generation-runs/${runId}`, summary));
    }

    expect(replies.map(({ statusCode }) => statusCode)).toEqual([201, 200, 200, 200]);
    expect(replies.map((reply) => reply.json().summary.seed)).toEqual([2, 3, 3, 3]);
  });

  test('as lost does not replace what the run itself said of the same moment', async () => {
    const summary = aRunSummary();
    await send('PUT', `/generation-runs/${summary.runId}`, summary);

    const reply = await send('PUT', `/generation-runs/${summary.runId}`, {
      ...summary,
      state: 'interrupted',
    });

    expect(reply.json().summary.state).toBe('succeeded');
  });

  test('many reports of one run at once leave the latest', async () => {
    const { runId, ...rest } = aRunSummary();
    const reports = Array.from({ length: 8 }, (_, index) => ({
      ...rest,
      runId,
      seed: index,
      completedAt: `2026-01-01T00:01:0${index}.000Z`,
    }));

    await Promise.all(reports.map((summary) => send('PUT', `/generation-runs/${runId}`, summary)));

    const found = await send('GET', `/generation-runs/${runId}`);
    expect(found.json().summary.seed).toBe(7);
  });

  test('many times at once leaves one row, created once', async () => {
    const summary = aRunSummary();

    const responses = await Promise.all(
      Array.from({ length: 8 }, () => send('PUT', `/generation-runs/${summary.runId}`, summary)),
    );

    const codes = responses.map(({ statusCode }) => statusCode).sort();
    expect(codes).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
  });

  test.for([
    ['another run id than the address', { runId: randomUUID() }, 'body.runId'],
    ['a negative count', { requested: -1 }, 'body.requested'],
    ['an unknown state', { state: 'done' }, 'body.state'],
    ['an unknown member', { colour: 'red' }, 'body'],
    ['questions that were lost before they came', { requested: 49 }, 'body.requested'],
    ['questions that were lost in judging', { unjudged: 1 }, 'body.generated'],
    ['questions that were lost in storing', { inserted: 39 }, 'body.approved'],
    ['a count that no column holds', { discarded: 2 ** 31 }, 'body.discarded'],
    ['a moment that no calendar has', { startedAt: '0000-01-01T00:00:00Z' }, 'body.startedAt'],
    ['a NUL', { failed: { 'a\u0000': 1 } }, 'body'],
  ] as const)('with %s is not valid', async ([, change, path]) => {
    const summary = aRunSummary();

    const response = await send('PUT', `/generation-runs/${summary.runId}`, {
      ...summary,
      ...change,
    });

    expect(response.json()).toMatchObject({ status: 400, code: 'validation_failed' });
    expect(response.json().errors.map((error: { path: string }) => error.path)).toContain(path);
  });
});

test('generation runs are listed page by page, newest first', async () => {
  const listing = await startTestApp();
  const summaries = [1, 2, 3].map((day) =>
    aRunSummary({ startedAt: `2026-01-0${day}T00:00:00.000Z` }),
  );
  const call = (method: 'GET' | 'PUT', path: string, payload: object = {}) =>
    listing.app.inject({
      method,
      url: `/v1/admin/generation-runs${path}`,
      headers: { authorization: `Bearer ${adminToken}` },
      ...(method === 'PUT' ? { payload } : {}),
    });
  for (const summary of summaries) await call('PUT', `/${summary.runId}`, summary);

  const page = await call('GET', '?limit=2');
  const last = await call('GET', `?limit=2&cursor=${page.json().nextCursor}`);
  await listing.close();

  const listed = [...page.json().generationRuns, ...last.json().generationRuns];
  expect(listed.map(({ runId }) => runId)).toEqual(summaries.map(({ runId }) => runId).reverse());
  expect(last.json().nextCursor).toBeNull();
});

test('a run that was never reported is not found', async () => {
  const response = await send('GET', `/generation-runs/${randomUUID()}`);

  expect(response.json()).toMatchObject({ status: 404, code: 'generation_run_not_found' });
});

test('the inventory counts active questions in all 18 strata', async () => {
  await fillBank(running.admin, 2);
  await running.admin.prisma.question.updateMany({
    where: { type: 'math', difficultyLevel: 'hard' },
    data: { active: false },
  });

  const response = await send('GET', '/inventory');

  const { active, strata, level, deficit } = response.json();
  expect({ active, level, deficit }).toEqual({ active: 34, level: 'empty', deficit: 1766 });
  expect(strata).toHaveLength(18);
  expect(strata).toContainEqual({
    type: 'math',
    difficultyLevel: 'hard',
    active: 0,
    target: 100,
    deficit: 100,
    level: 'empty',
  });
  expect(strata).toContainEqual(
    expect.objectContaining({ type: 'math', difficultyLevel: 'easy', active: 2, level: 'low' }),
  );
});

describe.for([
  ['PUT', `/generation-runs/${randomUUID()}`],
  ['GET', '/generation-runs'],
  ['GET', `/generation-runs/${randomUUID()}`],
  ['GET', '/generation-runs/stats'],
  ['GET', '/inventory'],
] as const)('%s %s', ([method, path]) => {
  test('refuses a wrong token, a user token and none', async () => {
    const taker = await registerTaker(running.app);

    const responses = await Promise.all([
      send(method, path, undefined, 'wrong'),
      send(method, path, undefined, taker.accessToken),
      running.app.inject({ method, url: `/v1/admin${path}` }),
    ]);

    expect(responses.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
  });

  test('does not exist where no token is configured', async () => {
    const closed = await startTestApp({
      besides: running,
      environment: { BACKEND_ADMIN_TOKEN: undefined },
    });

    const response = await closed.app.inject({ method, url: `/v1/admin${path}` });
    await closed.close();

    expect(response.json()).toMatchObject({ status: 404, code: 'route_not_found' });
  });
});
