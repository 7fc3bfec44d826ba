import { expect, test } from 'vitest';
import { toStageLosses } from '../../src/generation-runs/pipeline-losses.ts';
import { aRunSummary } from '../admin/run-summary.ts';

test('each stage takes in what the one before let through, and says what became of the rest', () => {
  const losses = toStageLosses(
    aRunSummary({
      inserted: 39,
      insertFailed: { database: 1 },
      rejected: { low_score: 3, leak: 0 },
    }),
  );

  expect(losses.map(({ seconds: _, ...stage }) => stage)).toEqual([
    { stage: 'generation', entered: 48, passed: 47, lost: { server_error: 1 } },
    { stage: 'evaluation', entered: 47, passed: 42, lost: { low_score: 3, unjudged: 2 } },
    { stage: 'deduplication', entered: 42, passed: 40, lost: { exact: 1, semantic: 1 } },
    { stage: 'storage', entered: 40, passed: 39, lost: { database: 1 } },
  ]);
});

test('nothing is lost without being counted', () => {
  for (const { entered, passed, lost } of toStageLosses(aRunSummary())) {
    const missing = Object.values(lost).reduce((sum, count) => sum + count, 0);
    expect(entered).toBe(passed + missing);
  }
});
