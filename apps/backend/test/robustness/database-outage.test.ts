import { eventually, sumOfSamples } from '@aiq/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { expectRowsOf } from './harness/check-rows.ts';
import { type Attempt, type Play, playSessions } from './harness/play-sessions.ts';
import { type RunningBackend, startBackend } from './harness/running-backend.ts';
import { type StoppablePostgres, startStoppablePostgres } from './harness/stoppable-postgres.ts';

const patience = { timeoutMs: 30_000 };
/** A statement is given up 2 s after its own limit of 1 s; the rest is for a machine under load. */
const answerMsMax = 15_000;
/** Fewer connections than players: one that leaked would be missed. */
const poolMax = 4;
const limits = {
  BACKEND_DATABASE_STATEMENT_TIMEOUT_MS: '1000',
  BACKEND_DATABASE_CONNECTION_TIMEOUT_MS: '1000',
  BACKEND_DATABASE_POOL_MAX: String(poolMax),
};

type End = () => Promise<void> | void;
const outages: readonly [string, (server: StoppablePostgres) => Promise<End>][] = [
  ['is shut down', (server) => server.stop('fast').then(() => server.start)],
  ['crashes', (server) => server.stop('immediate').then(() => server.start)],
  ['hangs', (server) => server.freeze().then(() => server.thaw)],
];

let postgres: StoppablePostgres;
let backend: RunningBackend;
let play: Play;
let errorsBefore: number;

beforeAll(async () => {
  postgres = await startStoppablePostgres();
  await fillBank(postgres.admin, 10);
  backend = await startBackend(postgres.url, limits);
}, 120_000);
beforeEach(async () => {
  errorsBefore = await unavailableAnswers();
  play = playSessions({ urls: () => [backend.url], players: 6 });
  await eventually(() => play.completed.length >= 3, patience);
});
afterAll(async () => {
  await backend?.[Symbol.asyncDispose]();
  await postgres?.[Symbol.asyncDispose]();
});

describe.each(outages)('while the database %s', { timeout: 120_000 }, (_what, begin) => {
  test('clients are told to come back, and after it the service goes on with nothing lost', async () => {
    const end = await begin(postgres);
    const red = await eventually(() => readyWhen(503), patience);
    const live = await fetch(`${backend.url}/health/live`);
    await eventually(() => failuresOf(play.attempts).length >= 12, patience);
    await end();
    await eventually(() => readyWhen(200), patience);
    const recovered = play.completed.length;
    await eventually(() => play.completed.length >= recovered + 6, patience);
    await play.finish();

    const failures = failuresOf(play.attempts);
    const connections = await openConnections();
    expect(await red.json()).toMatchObject({
      status: 'unavailable',
      checks: { database: 'failed' },
    });
    expect(live.status).toBe(200);
    expect(failures.filter((failure) => !isInstructive(failure))).toEqual([]);
    expect(Math.max(...failures.map(({ durationMs }) => durationMs))).toBeLessThan(answerMsMax);
    expect((await unavailableAnswers()) - errorsBefore).toBe(failures.length);
    expect(connections.length).toBeLessThanOrEqual(poolMax);
    expect(connections.filter(({ state }) => state !== 'idle')).toEqual([]);
    expect(backend.program.stderr).toBe('');
    await expectRowsOf(postgres, play);
  });
});

const readyWhen = async (status: number) => {
  const response = await fetch(`${backend.url}/health/ready`);
  return response.status === status && response;
};

const failuresOf = (attempts: readonly Attempt[]): Attempt[] =>
  attempts.filter(({ status }) => status === undefined || status >= 500);

/** Says that it is no fault of the request, when to come back, and by which id it is found. */
function isInstructive({ status, code, contentType, retryAfter, traceId }: Attempt): boolean {
  return (
    status === 503 &&
    code === 'service_unavailable' &&
    contentType === 'application/problem+json' &&
    Number(retryAfter) > 0 &&
    /^[0-9a-f]{32}$/.test(traceId ?? '')
  );
}

const unavailableAnswers = async (): Promise<number> =>
  sumOfSamples(await backend.metrics(), 'app_errors_total', { error_type: 'service_unavailable' });

const openConnections = () =>
  postgres.query<{ state: string }>(
    `SELECT state FROM pg_stat_activity WHERE application_name = 'aiq-backend'`,
  );
