import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../src/testing/index.ts';
import { insertParents, insertRow, type Row, type Table } from '../fixtures/rows.ts';

interface Rule {
  readonly table: Table;
  readonly refuses: readonly Row[];
  readonly accepts: readonly Row[];
}

const finished = { status: 'abandoned', finished_at: '2026-01-02T03:04:05Z' };
const positive = (column: string, table: Table): Rule => ({
  table,
  refuses: [0, -1, Number.NaN, Number.POSITIVE_INFINITY].map((value) => ({ [column]: value })),
  accepts: [{ [column]: 0.0001 }],
});
const finite = (column: string, table: Table): Rule => ({
  table,
  refuses: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => ({
    [column]: value,
  })),
  accepts: [{ [column]: -4.5 }],
});
const options = (count: number) => Array.from({ length: count }, (_, index) => `option ${index}`);

/** Every check constraint of the schema, with rows on both sides of it. */
const rules: Readonly<Record<string, Rule>> = {
  users_email_lower_case: {
    table: 'users',
    refuses: [{ email: 'Ada@example.org' }],
    accepts: [{ email: 'ada@example.org' }],
  },
  users_email_not_blank: { table: 'users', refuses: [{ email: ' ' }], accepts: [{ email: 'a@b' }] },
  users_display_name_not_blank: {
    table: 'users',
    refuses: [{ display_name: ' ' }],
    accepts: [{ display_name: 'Ada' }, { display_name: null }],
  },
  questions_content_not_blank: {
    table: 'questions',
    refuses: [{ content: '' }, { content: ' ' }],
    accepts: [{ content: '?' }],
  },
  questions_options_count: {
    table: 'questions',
    refuses: [
      { options: options(1), key_index: 0 },
      { options: options(9), key_index: 0 },
    ],
    accepts: [{ options: options(2) }, { options: options(8) }],
  },
  questions_options_distinct: {
    table: 'questions',
    refuses: [{ options: ['a', 'b', 'a'] }, { options: ['a', 'b', null] }],
    accepts: [{ options: ['a', 'A', 'b'] }],
  },
  questions_key_index_within_options: {
    table: 'questions',
    refuses: [{ key_index: -1 }, { key_index: 4 }],
    accepts: [{ key_index: 0 }, { key_index: 3 }],
  },
  questions_content_hash_sha256: {
    table: 'questions',
    refuses: [{ content_hash: 'abc' }, { content_hash: 'A'.repeat(64) }],
    accepts: [{ content_hash: '0f'.repeat(32) }],
  },
  questions_judge_score_range: {
    table: 'questions',
    refuses: [{ judge_score: -0.01 }, { judge_score: 1.01 }, { judge_score: Number.NaN }],
    accepts: [{ judge_score: 0 }, { judge_score: 1 }],
  },
  questions_judge_scores_object: {
    table: 'questions',
    refuses: [{ judge_scores: '[]' }, { judge_scores: '0.5' }],
    accepts: [{ judge_scores: '{}' }],
  },
  questions_discrimination_positive: positive('discrimination', 'questions'),
  questions_difficulty_finite: finite('difficulty', 'questions'),
  embedding_cache_model_not_blank: {
    table: 'embedding_cache',
    refuses: [{ model: '' }, { model: ' ' }],
    accepts: [{ model: 'a' }],
  },
  embedding_cache_text_sha256: {
    table: 'embedding_cache',
    refuses: [{ text_sha256: 'abc' }, { text_sha256: 'A'.repeat(64) }],
    accepts: [{ text_sha256: '0f'.repeat(32) }],
  },
  embedding_cache_embedding_not_empty: {
    table: 'embedding_cache',
    refuses: [{ embedding: [] }],
    accepts: [{ embedding: [0] }],
  },
  test_sessions_items_max_positive: {
    table: 'test_sessions',
    refuses: [{ items_max: 0 }],
    accepts: [{ items_max: 1 }],
  },
  test_sessions_form_of_mode: {
    table: 'test_sessions',
    refuses: [{ mode: 'fixed' }, { form_question_ids: [crypto.randomUUID()] }],
    accepts: [{ mode: 'fixed', form_question_ids: [crypto.randomUUID()] }, { mode: 'adaptive' }],
  },
  test_sessions_current_question_served: {
    table: 'test_sessions',
    refuses: [{ current_question_id: crypto.randomUUID() }, { current_served_at: '2026-01-02' }],
    accepts: [{ current_question_id: crypto.randomUUID(), current_served_at: '2026-01-02' }],
  },
  test_sessions_finished_at_of_status: {
    table: 'test_sessions',
    refuses: [
      { ...finished, finished_at: null },
      { ...finished, status: 'active' },
    ],
    accepts: [finished, { status: 'active', finished_at: null }],
  },
  test_sessions_active_has_user: {
    table: 'test_sessions',
    refuses: [{ user_id: null }],
    accepts: [{ ...finished, user_id: null }],
  },
  test_sessions_completed_has_stop_reason: {
    table: 'test_sessions',
    refuses: [{ ...finished, status: 'completed' }],
    accepts: [{ ...finished, status: 'completed', stop_reason: 'items_max_reached' }, finished],
  },
  test_sessions_theta_finite: finite('theta', 'test_sessions'),
  test_sessions_standard_error_positive: positive('standard_error', 'test_sessions'),
  responses_position_from_one: {
    table: 'responses',
    refuses: [{ position: 0 }],
    accepts: [{ position: 1 }],
  },
  responses_option_index_range: {
    table: 'responses',
    refuses: [{ option_index: -1 }, { option_index: 8 }],
    accepts: [{ option_index: 0 }, { option_index: 7 }],
  },
  responses_discrimination_positive: positive('discrimination', 'responses'),
  responses_difficulty_finite: finite('difficulty', 'responses'),
  results_theta_finite: finite('theta', 'results'),
  results_standard_error_positive: positive('standard_error', 'results'),
  results_interval_order: {
    table: 'results',
    refuses: [{ interval_lower: 101 }, { interval_upper: 99 }],
    accepts: [{ interval_lower: 100, interval_upper: 100 }],
  },
  results_interval_finite: {
    table: 'results',
    refuses: [
      { interval_upper: Number.POSITIVE_INFINITY },
      { interval_lower: Number.NEGATIVE_INFINITY },
    ],
    accepts: [{ interval_lower: 20, interval_upper: 180 }],
  },
  results_items_correct_range: {
    table: 'results',
    refuses: [{ items_correct: -1 }, { items_correct: 21 }],
    accepts: [{ items_correct: 0 }, { items_correct: 20 }],
  },
  generation_runs_counts: {
    table: 'generation_runs',
    refuses: [{ requested: -1, inserted: -1 }, { inserted: -1 }, { inserted: 5 }],
    accepts: [{ inserted: 0 }, { requested: 0, inserted: 0 }],
  },
  generation_runs_summary_object: {
    table: 'generation_runs',
    refuses: [{ summary: '[]' }],
    accepts: [{ summary: '{}' }],
  },
  pipeline_runs_attempt_from_one: {
    table: 'pipeline_runs',
    refuses: [{ attempt: 0 }],
    accepts: [{ attempt: 1 }],
  },
  test_sessions_calibration_version_from_zero: {
    table: 'test_sessions',
    refuses: [{ calibration_version: -1 }],
    accepts: [{ calibration_version: 0 }],
  },
  calibrations_version_from_one: {
    table: 'calibrations',
    refuses: [{ version: 0 }],
    accepts: [{ version: 17 }],
  },
  calibrations_slope_positive: {
    table: 'calibrations',
    refuses: [
      { version: 2, slope: 0 },
      { version: 2, slope: Number.POSITIVE_INFINITY },
    ],
    accepts: [{ version: 18, slope: 0.01 }],
  },
  calibrations_intercept_finite: {
    table: 'calibrations',
    refuses: [{ version: 2, intercept: Number.NaN }],
    accepts: [{ version: 19, intercept: -3 }],
  },
  calibrated_items_discrimination_positive: positive('discrimination', 'calibrated_items'),
  calibrated_items_difficulty_finite: finite('difficulty', 'calibrated_items'),
  calibrated_items_errors_positive: {
    table: 'calibrated_items',
    refuses: [
      { discrimination_error: 0 },
      { difficulty_error: 0 },
      { difficulty_error: Number.POSITIVE_INFINITY },
    ],
    accepts: [{ discrimination_error: 0.01, difficulty_error: 0.01 }],
  },
  calibrated_items_proportion_range: {
    table: 'calibrated_items',
    refuses: [{ proportion_correct: -0.01 }, { proportion_correct: 1.01 }],
    accepts: [{ proportion_correct: 0 }, { proportion_correct: 1 }],
  },
  pipeline_runs_previous_is_another: {
    table: 'pipeline_runs',
    refuses: [{ run_id: '0'.repeat(32), previous_run_id: '0'.repeat(32) }],
    accepts: [{ previous_run_id: crypto.randomUUID() }],
  },
  pipeline_runs_report_attempts_not_negative: {
    table: 'pipeline_runs',
    refuses: [{ report_attempts: -1 }],
    accepts: [{ report_attempts: 0 }],
  },
  pipeline_runs_finished_has_completed_at: {
    table: 'pipeline_runs',
    refuses: [{ state: 'succeeded' }, { state: 'partial' }, { state: 'failed' }],
    accepts: [
      { state: 'succeeded', completed_at: '2026-01-02' },
      { state: 'running' },
      { state: 'interrupted' },
    ],
  },
};

describe('check constraints', () => {
  let client: pg.Client;
  beforeAll(async () => {
    client = new pg.Client({ connectionString: (await testDatabase()).adminUrl });
    await client.connect();
  });
  afterAll(() => client.end());

  test.for(eachRow('refuses'))('%s refuses %j', async ([name, changes, table]) => {
    const row = { ...(await references(client, table)), ...changes };

    await expect(insertRow(client, table, row)).rejects.toMatchObject({ constraint: name });
  });

  test.for(eachRow('accepts'))('%s accepts %j', async ([, changes, table]) => {
    const row = { ...(await references(client, table)), ...changes };

    await expect(insertRow(client, table, row)).resolves.toBeDefined();
  });

  test('are all listed here', async () => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT conname AS name FROM pg_constraint
       WHERE contype = 'c' AND connamespace = 'public'::regnamespace`,
    );

    expect(Object.keys(rules).sort()).toEqual(rows.map(({ name }) => name).sort());
  });
});

function eachRow(side: 'refuses' | 'accepts'): [name: string, changes: Row, table: Table][] {
  return Object.entries(rules).flatMap(([name, rule]) =>
    rule[side].map((changes): [string, Row, Table] => [name, changes, rule.table]),
  );
}

/** What a row of the table refers to, made anew: unique constraints must not disturb. */
async function references(client: pg.Client, table: Table): Promise<Row> {
  const { run, question, user, session } = await insertParents(client);
  if (table === 'calibrated_items') {
    await client.query(`INSERT INTO calibrations (version, takers, responses, log_likelihood, cycles, slope, intercept)
      VALUES (1, 1, 1, -1, 1, 1, 0) ON CONFLICT DO NOTHING`);
    return { version: 1, question_id: question['id'] };
  }
  const rows: Partial<Record<Table, Row>> = {
    questions: { run_id: run['run_id'] },
    test_sessions: { user_id: user['id'] },
    responses: { session_id: session['id'], question_id: question['id'] },
    results: { session_id: session['id'], user_id: user['id'] },
  };
  return rows[table] ?? {};
}
