import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uniqueConstraints } from '../../src/index.ts';
import { testDatabase } from '../../src/testing/index.ts';
import { insertParents, insertRow, type Row, type Table } from '../fixtures/rows.ts';

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: (await testDatabase()).adminUrl });
  await client.connect();
});
afterAll(() => client.end());

const finished = { status: 'abandoned', finished_at: '2026-01-02T03:04:05Z' };

describe('a test session', () => {
  test('is the only active one of its user', async () => {
    const { user } = await insertParents(client);
    await insertRow(client, 'test_sessions', { user_id: user['id'] });

    const second = insertRow(client, 'test_sessions', { user_id: user['id'] });

    await expect(second).rejects.toMatchObject({
      constraint: uniqueConstraints.activeTestSessionOfUser,
    });
  });

  test('can stand beside finished ones, and beside the active one of another user', async () => {
    const [ada, bob] = [await insertParents(client), await insertParents(client)];
    await insertRow(client, 'test_sessions', { user_id: ada.user['id'], ...finished });
    await insertRow(client, 'test_sessions', { user_id: bob.user['id'] });

    const session = await insertRow(client, 'test_sessions', { user_id: ada.user['id'] });

    expect(session['status']).toBe('active');
  });

  test('is started once by two requests at the same moment', async () => {
    const { user } = await insertParents(client);
    const { database, host, port, user: name, password } = client;
    const other = new pg.Client({ database, host, port, user: name, password: String(password) });
    await other.connect();

    const outcomes = await Promise.allSettled(
      [client, other].map((c) => insertRow(c, 'test_sessions', { user_id: user['id'] })),
    );
    await other.end();

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a response', () => {
  test('is the only one to its question in its session', async () => {
    const { session, question } = await insertParents(client);
    const response = { session_id: session['id'], question_id: question['id'] };
    await insertRow(client, 'responses', response);

    const second = insertRow(client, 'responses', { ...response, position: 2 });

    await expect(second).rejects.toMatchObject({
      constraint: uniqueConstraints.responseToQuestion,
    });
  });

  test('is the only one at its position', async () => {
    const [first, other] = [await insertParents(client), await insertParents(client)];
    const session_id = first.session['id'];
    await insertRow(client, 'responses', { session_id, question_id: first.question['id'] });

    const second = insertRow(client, 'responses', {
      session_id,
      question_id: other.question['id'],
    });

    await expect(second).rejects.toMatchObject({ constraint: uniqueConstraints.responsePosition });
  });

  test('to the same question can be given in another session', async () => {
    const [first, other] = [await insertParents(client), await insertParents(client)];
    const question_id = first.question['id'];
    await insertRow(client, 'responses', { session_id: first.session['id'], question_id });

    const again = { session_id: other.session['id'], question_id };

    await expect(insertRow(client, 'responses', again)).resolves.toBeDefined();
  });
});

test('an address, a token, a content hash, a run id and a result exist once', async () => {
  const { run, question, user, session } = await insertParents(client);
  const owner = { user_id: user['id'] };
  const login = await insertRow(client, 'logins', owner);
  const token = { login_id: login['id'], token_hash: 'spent' };
  await insertRow(client, 'auth_tokens', token);
  await insertRow(client, 'generation_runs', { run_id: run['run_id'] });
  await insertRow(client, 'results', { ...owner, session_id: session['id'] });

  const violated = (table: Table, row: Row) =>
    insertRow(client, table, row).catch((error: pg.DatabaseError) => error.constraint);
  const run_id = run['run_id'];
  const constraints = [
    await violated('users', { email: user['email'] }),
    await violated('auth_tokens', token),
    await violated('questions', { run_id, content_hash: question['content_hash'] }),
    await violated('pipeline_runs', { run_id }),
    await violated('generation_runs', { run_id }),
    await violated('results', { ...owner, session_id: session['id'] }),
  ];

  expect(constraints).toEqual([
    uniqueConstraints.userEmail,
    uniqueConstraints.authTokenHash,
    uniqueConstraints.questionContentHash,
    uniqueConstraints.pipelineRunId,
    uniqueConstraints.generationRunId,
    uniqueConstraints.resultOfTestSession,
  ]);
});

test('every unique constraint besides primary keys has a name for repositories to ask by', async () => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indisunique AND NOT i.indisprimary AND c.relnamespace = 'public'::regnamespace`,
  );

  expect(Object.values(uniqueConstraints).sort()).toEqual(rows.map(({ name }) => name).sort());
});

test('a user takes along tokens, sessions, responses and results; a question in use stays', async () => {
  const { user, session, question, run } = await insertParents(client);
  const login = await insertRow(client, 'logins', { user_id: user['id'] });
  await insertRow(client, 'auth_tokens', { login_id: login['id'] });
  await insertRow(client, 'known_addresses', { user_id: user['id'] });
  await insertRow(client, 'responses', { session_id: session['id'], question_id: question['id'] });
  await insertRow(client, 'results', { session_id: session['id'], user_id: user['id'] });
  const remove = (table: string, id: unknown) =>
    client.query(`DELETE FROM ${table} WHERE id = $1`, [id]);

  await expect(remove('questions', question['id'])).rejects.toMatchObject({ code: '23001' });
  await expect(remove('pipeline_runs', run['id'])).rejects.toMatchObject({ code: '23001' });
  await remove('users', user['id']);
  await expect(remove('questions', question['id'])).resolves.toMatchObject({ rowCount: 1 });
});
