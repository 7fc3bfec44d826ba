import { randomUUID } from 'node:crypto';
import { createDatabase, type Database } from '@aiq/database';
import { testDatabase } from '@aiq/database/testing';
import { eventually, sumOfSamples } from '@aiq/testing';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { startBackend } from './harness/running-backend.ts';

const poolMax = 2;
const requests = 24;

test('requests that get no connection are answered with 503 in time, and the rest goes on', {
  timeout: 60_000,
}, async () => {
  const database = await testDatabase();
  const admin = createDatabase({ url: database.adminUrl, applicationName: 'robustness' });
  onTestFinished(() => admin.close());
  await fillBank(admin, 2);
  await using backend = await startBackend(database.url('backend'), {
    BACKEND_DATABASE_POOL_MAX: String(poolMax),
    BACKEND_DATABASE_STATEMENT_TIMEOUT_MS: '2500',
    BACKEND_DATABASE_CONNECTION_TIMEOUT_MS: '1000',
  });
  const token = await register(backend.url);
  const history = async () => {
    const startedAt = performance.now();
    const response = await fetch(`${backend.url}/v1/test-sessions`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { headers, status } = response;
    const body = await response.json();
    return { status, body, headers, durationMs: performance.now() - startedAt };
  };

  const lock = new pg.Client({ connectionString: database.adminUrl });
  await lock.connect();
  onTestFinished(() => lock.end());
  await lock.query('BEGIN; LOCK TABLE test_sessions IN ACCESS EXCLUSIVE MODE');
  const pending = Promise.all(Array.from({ length: requests }, history));
  // A scrape shows the moment that it began in, and asks the database itself: it comes once the others are there.
  await eventually(async () => (await countWaitingForLock(admin)) === poolMax);
  const saturated = await eventually(async () => {
    const pool = poolOf(await backend.metrics());
    return pool.pending >= requests - poolMax && pool;
  });
  const live = await fetch(`${backend.url}/health/live`);
  const answers = await pending;
  await lock.query('ROLLBACK');
  const after = await history();
  const relaxed = poolOf(await backend.metrics());

  const problem = { status: 503, code: 'service_unavailable', traceId: expect.any(String) };
  expect(saturated).toMatchObject({ used: poolMax, idle: 0, max: poolMax });
  expect(live.status).toBe(200);
  expect(answers.map(({ body }) => body)).toEqual(
    answers.map(() => expect.objectContaining(problem)),
  );
  expect(answers.every(({ headers }) => headers.get('retry-after') === '5')).toBe(true);
  expect(Math.max(...answers.map(({ durationMs }) => durationMs))).toBeLessThan(10_000);
  expect(after.status).toBe(200);
  expect(relaxed).toMatchObject({ used: 0, pending: 0 });
  expect(backend.program.stderr).toBe('');
});

function poolOf(text: string) {
  const name = 'db_client_connection_count';
  return {
    used: sumOfSamples(text, name, { db_client_connection_state: 'used' }),
    idle: sumOfSamples(text, name, { db_client_connection_state: 'idle' }),
    pending: sumOfSamples(text, 'db_client_connection_pending_requests'),
    max: sumOfSamples(text, 'db_client_connection_max'),
  };
}

async function countWaitingForLock({ prisma }: Database): Promise<number> {
  const [row] = await prisma.$queryRaw<[{ waiting: number }]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row.waiting;
}

async function register(url: string): Promise<string> {
  const response = await fetch(`${url}/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${randomUUID()}@example.org`, password: randomUUID() }),
  });
  const { accessToken } = (await response.json()) as { accessToken: string };
  return accessToken;
}
