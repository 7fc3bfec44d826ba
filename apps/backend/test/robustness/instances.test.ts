import { createDatabase, type Database } from '@aiq/database';
import { type TestDatabase, testDatabase } from '@aiq/database/testing';
import { eventually, type OtlpReceiver, startOtlpReceiver, sumOfSamples } from '@aiq/testing';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fillBank } from '../testing/question-bank.ts';
import { startBalancer } from './harness/balancer.ts';
import { expectRowsOf } from './harness/check-rows.ts';
import { playSessions } from './harness/play-sessions.ts';
import { startBackend } from './harness/running-backend.ts';

const patience = { timeoutMs: 30_000 };
const timeout = 120_000;

let database: TestDatabase;
let admin: Database;
let otlp: OtlpReceiver;

beforeAll(async () => {
  otlp = await startOtlpReceiver();
});
beforeEach(async () => {
  otlp.clear();
  database = await testDatabase();
  admin = createDatabase({ url: database.adminUrl, applicationName: 'robustness' });
  await fillBank(admin, 10);
});
afterAll(async () => {
  await admin?.close();
  await otlp.stop();
});

const startInstance = (name: string) =>
  startBackend(database.url('backend'), {
    BACKEND_DRAIN_DELAY_MS: '1000',
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
    OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${name}`,
    OTEL_TRACES_ENABLED: 'true',
    OTEL_EXPORTER: 'otlp',
    OTEL_METRIC_EXPORT_INTERVAL: '500',
  });

test('an instance that is replaced under load drops no request, and both roads count what the rows hold', {
  timeout,
}, async () => {
  await using balancer = startBalancer();
  const [one, two] = await Promise.all([startInstance('one'), startInstance('two')]);
  balancer.add(one);
  balancer.add(two);
  await eventually(() => balancer.urls().length === 2);
  const play = playSessions({ urls: balancer.urls, players: 8, doubled: true, abandonEvery: 3 });
  await eventually(() => play.completed.length >= 8, patience);

  const stopping = two.program.stop('SIGTERM', patience);
  const three = await startInstance('three');
  balancer.add(three);
  const stopped = await stopping;
  const before = play.completed.length;
  await eventually(() => play.completed.length >= before + 8, patience);
  await play.finish();
  const [first, third] = await Promise.all([one.program.stop(), three.program.stop()]);

  for (const end of [stopped, first, third]) expect(end).toMatchObject({ code: 143, stderr: '' });
  expect(play.attempts.filter(({ status = 0 }) => status < 200 || status > 299)).toEqual([]);
  expect(play.abandoned.length).toBeGreaterThan(0);
  await expectRowsOf({ query }, play);
  for (const [name, { url }] of Object.entries({ one, two, three })) {
    const answered = play.attempts.filter((attempt) => attempt.url === url).length;
    expect([name, spansOf(name)]).toEqual([name, answered]);
    expect([name, measuredBy(name)]).toEqual([name, answered]);
  }
  expect(counted()).toEqual(await stored());
});

test('an instance that is killed under load loses no answer, and nothing is counted twice', {
  timeout,
}, async () => {
  await using balancer = startBalancer();
  const [one, two] = await Promise.all([startInstance('one'), startInstance('killed')]);
  balancer.add(one);
  balancer.add(two);
  await eventually(() => balancer.urls().length === 2);
  const play = playSessions({ urls: balancer.urls, players: 8, abandonEvery: 3 });
  await eventually(() => play.completed.length >= 8, patience);

  await two.program.stop('SIGKILL');
  await using again = await startInstance('again');
  balancer.add(again);
  const before = play.completed.length;
  await eventually(() => play.completed.length >= before + 8, patience);
  await play.finish();
  const active = await Promise.all([
    leaveActive(one.url, 'fixed'),
    leaveActive(again.url, 'adaptive'),
  ]);
  const [ofOne, ofAgain] = await Promise.all([one.metrics(), again.metrics()]);
  await Promise.all([one.program.stop(), again.program.stop()]);

  const failures = play.attempts.filter(({ status = 0 }) => status < 200 || status > 299);
  expect(failures.filter(({ url, status }) => url !== two.url || status !== undefined)).toEqual([]);
  expect(failures.length).toBeGreaterThan(0);
  await expectRowsOf({ query }, play);
  expect(active).toEqual([201, 201]);
  for (const text of [ofOne, ofAgain]) {
    const ofMode = (adaptive: string) => sumOfSamples(text, 'test_sessions_active', { adaptive });
    expect([ofMode('true'), ofMode('false')]).toEqual([1, 1]);
  }
  const rows = await stored();
  for (const [name, value] of Object.entries(counted())) {
    expect([name, value > 0 && value <= (rows[name] ?? 0)]).toEqual([name, true]);
  }
});

const labelsOf = (mode: string) => ({ adaptive: String(mode === 'adaptive') });
const counters = ['started', 'completed', 'abandoned'] as const;

/** What the instances have counted, as it was exported last. */
function counted(): Record<string, number> {
  return Object.fromEntries([
    ['questions.served', otlp.metricValue('questions.served') ?? 0],
    ['users.registrations', otlp.metricValue('users.registrations') ?? 0],
    ...['fixed', 'adaptive'].flatMap((mode) => [
      ...counters.map((counter) => [
        `${counter} ${mode}`,
        otlp.metricValue(`test.sessions.${counter}`, labelsOf(mode)) ?? 0,
      ]),
      [`scores ${mode}`, otlp.metricValue('test.score', labelsOf(mode)) ?? 0],
      [`durations ${mode}`, otlp.metricValue('test.sessions.duration', labelsOf(mode)) ?? 0],
    ]),
  ]);
}

/** The same from the rows. */
async function stored(): Promise<Record<string, number>> {
  const sessions = await query<
    Record<'mode' | 'started' | 'completed' | 'abandoned' | 'results' | 'served', string>
  >(
    `SELECT mode, count(*) AS started, count(*) FILTER (WHERE status = 'completed') AS completed,
       count(*) FILTER (WHERE status = 'abandoned') AS abandoned, count(r.id) AS results,
       count(current_question_id) + sum((SELECT count(*) FROM responses WHERE session_id = s.id)) AS served
     FROM test_sessions s LEFT JOIN results r ON r.session_id = s.id GROUP BY mode`,
  );
  const [users] = await query<{ count: string }>('SELECT count(*) FROM users');
  const served = sessions.reduce((sum, row) => sum + Number(row.served), 0);
  return {
    'questions.served': served,
    'users.registrations': Number(users?.count),
    ...Object.fromEntries(
      sessions.flatMap((row) => [
        ...counters.map((counter) => [`${counter} ${row.mode}`, Number(row[counter])]),
        [`scores ${row.mode}`, Number(row.results)],
        [`durations ${row.mode}`, Number(row.results)],
      ]),
    ),
  };
}

const isOfApi = (attributes: Readonly<Record<string, unknown>>): boolean =>
  String(attributes['http.route']).startsWith('/v1/');

function spansOf(instance: string): number {
  return otlp
    .spans()
    .filter(
      ({ kind, resource, attributes }) =>
        kind === 'server' && resource['service.instance.id'] === instance && isOfApi(attributes),
    ).length;
}

function measuredBy(instance: string): number {
  return otlp
    .metrics()
    .filter(
      ({ name, resource }) =>
        name === 'http.server.request.duration' && resource['service.instance.id'] === instance,
    )
    .flatMap(({ points }) => points)
    .filter(({ attributes }) => isOfApi(attributes))
    .reduce((sum, { count = 0 }) => sum + count, 0);
}

/** Starts a session and leaves it in progress. */
async function leaveActive(url: string, mode: string): Promise<number> {
  const send = (path: string, body: object, headers = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const credentials = { email: `${mode}@example.org`, password: 'long enough to be one' };
  const registered = await send('/v1/auth/register', credentials);
  const { accessToken } = (await registered.json()) as { accessToken: string };
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await send('/v1/test-sessions', { mode }, headers)).status;
}

async function query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
