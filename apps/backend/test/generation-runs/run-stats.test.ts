import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunStats, toRunStats } from '../../src/generation-runs/run-stats.ts';
import type { RunSummary } from '../../src/generation-runs/run-summary-schema.ts';
import { aRunSummary } from '../admin/run-summary.ts';
import { adminToken, createTestClock, startTestApp, type TestApp } from '../testing/test-app.ts';

const clock = createTestClock(new Date('2026-02-01T12:00:00Z'));
let running: TestApp;

beforeAll(async () => {
  running = await startTestApp({ clock });
});
afterAll(() => running.close());

const call = (method: 'GET' | 'PUT', path: string, payload?: object) =>
  running.app.inject({
    method,
    url: `/v1/admin/generation-runs${path}`,
    headers: { authorization: `Bearer ${adminToken}` },
    ...(payload === undefined ? {} : { payload }),
  });
const report = async (change: Partial<RunSummary>) => {
  const summary = aRunSummary({ runId: randomUUID(), ...change });
  const response = await call('PUT', `/${summary.runId}`, summary);
  expect(response.statusCode).toBe(201);
  return summary;
};

test('without runs everything is 0, and the success rate is not known', () => {
  const window = { from: new Date('2026-01-01T13:00:00Z'), to: new Date('2026-01-03T00:00:00Z') };

  const stats = toRunStats(window, [], []);

  expect(stats).toMatchObject({ runs: 0, successRate: null, inserted: 0, costUsd: 0 });
  expect(stats.byDay.map(({ day }) => day)).toEqual(['2026-01-01', '2026-01-02']);
});

describe('the stats of a window', () => {
  let stats: RunStats & { from: string; to: string };

  beforeAll(async () => {
    const usd = (costUsd: number) => ({ usd: costUsd, unpricedCalls: 1, byModel: [] });
    await report({ startedAt: '2026-01-10T00:00:00.000Z', cost: usd(0.25) });
    await report({ startedAt: '2026-01-10T23:59:59.999Z', cost: usd(0.5), state: 'partial' });
    // In UTC it is the day before.
    await report({ startedAt: '2026-01-12T01:00:00.000+02:00', cost: usd(0.25) });
    await report({
      startedAt: '2026-01-12T00:00:00.000Z',
      cost: usd(1),
      state: 'failed',
      inserted: 0,
      insertFailed: { database: 40 },
    });
    await report({ startedAt: '2026-01-13T00:00:00.000Z' });
    await report({ startedAt: '2026-01-09T23:59:59.999Z' });
    stats = (await call('GET', '/stats?from=2026-01-10T00:00:00Z&to=2026-01-13T00:00:00Z')).json();
  });

  test('count the runs that started in it, from its first moment to before its last', () => {
    expect(stats).toMatchObject({
      runs: 4,
      byState: { succeeded: 2, partial: 1, failed: 1, interrupted: 0 },
      successRate: 0.5,
      requested: 4 * 48,
      generated: 4 * 47,
      approved: 4 * 42,
      inserted: 3 * 40,
      costUsd: 2,
      unpricedCalls: 4,
    });
  });

  test('tell them by day, in UTC', () => {
    expect(stats.byDay).toEqual([
      { day: '2026-01-10', runs: 2, succeeded: 1, requested: 96, inserted: 80, costUsd: 0.75 },
      { day: '2026-01-11', runs: 1, succeeded: 1, requested: 48, inserted: 40, costUsd: 0.25 },
      { day: '2026-01-12', runs: 1, succeeded: 0, requested: 48, inserted: 0, costUsd: 1 },
    ]);
  });

  test('tell what each stage lost, by reason', () => {
    expect(stats.stages.map(({ seconds: _, ...stage }) => stage)).toEqual([
      { stage: 'generation', entered: 192, passed: 188, lost: { server_error: 4 } },
      { stage: 'evaluation', entered: 188, passed: 168, lost: { low_score: 12, unjudged: 8 } },
      { stage: 'deduplication', entered: 168, passed: 160, lost: { exact: 4, semantic: 4 } },
      { stage: 'storage', entered: 160, passed: 120, lost: { database: 40 } },
    ]);
  });

  test('are of the last 30 days where none is named', async () => {
    const { from, to } = (await call('GET', '/stats')).json();

    expect([from, to]).toEqual(['2026-01-02T12:00:00.000Z', '2026-02-01T12:00:00.000Z']);
  });

  test.for([
    ['from=2026-01-02T00:00:00Z&to=2026-01-02T00:00:00Z'],
    ['from=2025-01-01T00:00:00Z&to=2026-01-03T00:00:00Z'],
    ['from=2026-03-01T00:00:00Z'],
    ['from=yesterday'],
    ['to=0000-01-01T00:00:00Z'],
    ['day=1'],
  ])('are refused for ?%s', async ([query]) => {
    const response = await call('GET', `/stats?${query}`);

    expect(response.json()).toMatchObject({ status: 400, code: 'validation_failed' });
  });
});

describe('the list of runs', () => {
  const ids = async (query: string): Promise<string[]> =>
    (await call('GET', `?${query}`)).json().generationRuns.map(({ runId }: RunSummary) => runId);

  test('is filtered by how they ended and when they began, over all pages', async () => {
    const state = 'interrupted';
    const one = await report({ startedAt: '2027-05-01T00:00:00.000Z', state });
    const two = await report({ startedAt: '2027-05-02T00:00:00.000Z', state });
    await report({ startedAt: '2027-05-02T00:00:00.000Z', state: 'failed' });
    const three = await report({ startedAt: '2027-05-03T00:00:00.000Z', state });
    const query = `state=interrupted&from=2027-05-01T00:00:00Z&limit=2`;

    const first = (await call('GET', `?${query}`)).json();
    const last = await ids(`${query}&cursor=${first.nextCursor}`);
    const before = await ids(`state=interrupted&to=2027-05-03T00:00:00Z&from=2027-05-02T00:00:00Z`);

    expect(first.generationRuns.map(({ runId }: RunSummary) => runId)).toEqual([
      three.runId,
      two.runId,
    ]);
    expect(last).toEqual([one.runId]);
    expect(before).toEqual([two.runId]);
  });

  test.for([
    ['state=planned', 'validation_failed'],
    ['from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'validation_failed'],
    ['limit=101', 'validation_failed'],
    [`cursor=${randomUUID()}`, 'unknown_cursor'],
  ] as const)('is refused for ?%s: %s', async ([query, code]) => {
    expect((await call('GET', `?${query}`)).json()).toMatchObject({ status: 400, code });
  });
});
