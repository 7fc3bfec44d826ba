import { expect } from 'vitest';
import type { Play } from './play-sessions.ts';
import type { StoppablePostgres } from './stoppable-postgres.ts';

interface Row {
  readonly sessionId: string;
  readonly questionId: string;
  readonly optionIndex: number;
  readonly position: number;
}

/**
 * Expects the database to hold what the players were told and nothing else: each acknowledged answer once, in
 * sessions without a gap, each completed session with one result over all its answers.
 */
export async function expectRowsOf(
  { query }: Pick<StoppablePostgres, 'query'>,
  play: Play,
): Promise<void> {
  const list = play.completed.map((id) => `'${id}'`).join(',');
  const rows = await query<Row>(
    `SELECT session_id AS "sessionId", question_id AS "questionId", option_index AS "optionIndex", position
     FROM responses WHERE session_id IN (${list}) ORDER BY session_id, position`,
  );
  const results = await query<{ sessionId: string; itemsAnswered: number; status: string }>(
    `SELECT s.id AS "sessionId", r.items_answered AS "itemsAnswered", s.status
     FROM test_sessions s LEFT JOIN results r ON r.session_id = s.id WHERE s.id IN (${list})`,
  );

  const key = (row: Omit<Row, 'position'>): string =>
    `${row.sessionId} ${row.questionId} ${row.optionIndex}`;
  const told = play.answers.filter(({ sessionId }) => play.completed.includes(sessionId));
  const bySession = Map.groupBy(rows, ({ sessionId }) => sessionId);
  expect(rows.map(key).sort()).toEqual(told.map(key).sort());
  expect([...bySession.values()].filter(hasGap)).toEqual([]);
  expect(results.map(({ sessionId }) => sessionId).sort()).toEqual([...play.completed].sort());
  expect(
    results.filter(
      ({ sessionId, itemsAnswered, status }) =>
        status !== 'completed' || itemsAnswered !== bySession.get(sessionId)?.length,
    ),
  ).toEqual([]);
}

function hasGap(rows: readonly Row[]): boolean {
  return rows.some(({ position }, index) => position !== index + 1);
}
