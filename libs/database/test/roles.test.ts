import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import type { DatabaseRole } from '../src/migrate/index.ts';
import { testDatabase } from '../src/testing/index.ts';
import { connected } from './fixtures/connected.ts';
import { insertParents, insertRow } from './fixtures/rows.ts';

const denied = { code: '42501' };
const all = 'SELECT INSERT UPDATE DELETE';

/** What each role may do with each table: nothing where the table is absent. */
const rights: Readonly<Record<DatabaseRole, Readonly<Record<string, string>>>> = {
  backend: {
    users: all,
    logins: all,
    auth_tokens: all,
    known_addresses: all,
    request_counters: all,
    test_sessions: all,
    responses: all,
    results: all,
    generation_runs: all,
    questions: 'SELECT',
    calibrations: 'SELECT INSERT',
    calibrated_items: 'SELECT INSERT',
  },
  question_service: {
    pipeline_runs: all,
    questions: all,
    embedding_cache: 'SELECT INSERT DELETE',
  },
};

test.for(['backend', 'question_service'] as const)(
  'the role of %s has its rights and no other',
  async (role) => {
    const client = await connected((await testDatabase()).url(role));

    const { rows } = await client.query<{ table: string; held: string }>(
      `SELECT tablename AS table, string_agg(word, ' ' ORDER BY place) AS held
       FROM pg_tables, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',
         'REFERENCES', 'TRIGGER', 'MAINTAIN']) WITH ORDINALITY AS words (word, place)
       WHERE schemaname = 'public' AND has_table_privilege(quote_ident(tablename), word)
       GROUP BY tablename`,
    );

    expect(Object.fromEntries(rows.map(({ table, held }) => [table, held]))).toEqual(rights[role]);
  },
);

describe('the backend', () => {
  test('takes a user through a session, and reads the question', async () => {
    const { adminUrl, url } = await testDatabase();
    const { question } = await insertParents(await connected(adminUrl));
    const client = await connected(url('backend'));

    const user = await insertRow(client, 'users');
    const login = await insertRow(client, 'logins', { user_id: user['id'] });
    await insertRow(client, 'auth_tokens', { login_id: login['id'] });
    await insertRow(client, 'known_addresses', { user_id: user['id'] });
    await insertRow(client, 'request_counters');
    const session = await insertRow(client, 'test_sessions', { user_id: user['id'] });
    const session_id = session['id'];
    await insertRow(client, 'responses', { session_id, question_id: question['id'] });
    await insertRow(client, 'results', { session_id, user_id: user['id'] });
    await insertRow(client, 'generation_runs');
    const { version } = await insertRow(client, 'calibrations');
    await insertRow(client, 'calibrated_items', { version, question_id: question['id'] });
    const { rows } = await client.query('SELECT * FROM questions FOR SHARE');

    expect(rows).toHaveLength(1);
  });

  test('marks a question calibrated, and changes nothing else of it', async () => {
    const { adminUrl, url } = await testDatabase();
    await insertParents(await connected(adminUrl));
    const client = await connected(url('backend'));

    const calibrate = client.query(`UPDATE questions SET calibration = 'calibrated'`);

    await expect(calibrate).resolves.toMatchObject({ rowCount: 1 });
    for (const change of ['key_index = 0', 'discrimination = 1.2', 'difficulty = 0.4']) {
      await expect(client.query(`UPDATE questions SET ${change}`)).rejects.toMatchObject(denied);
    }
    await expect(client.query('DELETE FROM questions')).rejects.toMatchObject(denied);
    await expect(insertRow(client, 'questions')).rejects.toMatchObject(denied);
  });

  test('sees neither the runs of the pipeline nor the job queue', async () => {
    const client = await connected((await testDatabase()).url('backend'));

    await expect(client.query('SELECT FROM pipeline_runs')).rejects.toMatchObject(denied);
    await expect(client.query('CREATE TABLE pgboss.job ()')).rejects.toMatchObject(denied);
  });
});

describe('question-service', () => {
  test('writes runs and questions, and keeps its job queue in a schema of its own', async () => {
    const client = await connected((await testDatabase()).url('question_service'));

    const run = await insertRow(client, 'pipeline_runs');
    await insertRow(client, 'questions', { run_id: run['run_id'] });
    await insertRow(client, 'embedding_cache');
    await client.query('CREATE TABLE pgboss.job (id int)');
    const { rowCount } = await client.query('UPDATE questions SET active = false');

    expect(rowCount).toBe(1);
  });

  test.for([
    'users',
    'logins',
    'auth_tokens',
    'known_addresses',
    'request_counters',
    'test_sessions',
    'responses',
    'results',
    'generation_runs',
    'calibrations',
    'calibrated_items',
  ])('cannot read %s', async (table) => {
    const client = await connected((await testDatabase()).url('question_service'));

    await expect(client.query(`SELECT FROM ${table}`)).rejects.toMatchObject(denied);
  });
});

test.for(['backend', 'question_service'] as const)(
  'the role of %s can change neither the schema nor the history of migrations',
  async (role) => {
    const client: pg.Client = await connected((await testDatabase()).url(role));

    await expect(client.query('CREATE TABLE own ()')).rejects.toMatchObject(denied);
    await expect(client.query('DELETE FROM _prisma_migrations')).rejects.toMatchObject(denied);
    await expect(client.query('DROP TABLE questions')).rejects.toMatchObject(denied);
    await expect(client.query('CREATE DATABASE own')).rejects.toMatchObject(denied);
  },
);

test('a role of one service cannot take the role of the other', async () => {
  const client = await connected((await testDatabase()).url('backend'));

  await expect(client.query('SET ROLE aiq_question_service')).rejects.toMatchObject(denied);
});
