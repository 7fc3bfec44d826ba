import { randomUUID } from 'node:crypto';
import type { RunSummary } from '../../src/generation-runs/run-summary-schema.ts';

/** A report of a run that succeeded; its numbers add up. */
export function aRunSummary(change: Partial<RunSummary> = {}): RunSummary {
  const counts = { requested: 48, generated: 47, approved: 42, inserted: 40 };
  return {
    runId: randomUUID(),
    traceId: '0af7651916cd43dd8448eb211c80319c',
    trigger: 'cli',
    state: 'succeeded',
    seed: 7,
    startedAt: '2026-01-01T00:00:00.000Z',
    completedAt: '2026-01-01T00:00:10.500Z',
    durationSeconds: 10.5,
    requested: 48,
    generated: 47,
    failed: { server_error: 1 },
    approved: 42,
    rejected: { low_score: 3 },
    unjudged: 2,
    duplicates: { exact: 1, semantic: 1 },
    inserted: 40,
    insertFailed: {},
    discarded: 0,
    byProvider: { procedural: { ...counts, failed: 1, handedOver: 0, takenOver: 0 } },
    byType: { pattern: counts },
    byDifficulty: { easy: counts },
    cost: { usd: 0, unpricedCalls: 0, byModel: [] },
    errors: { byCategory: { server_error: 1 }, bySeverity: { error: 1 } },
    retries: 2,
    fallbacks: 0,
    breakerTrips: 0,
    stages: {
      generation: { seconds: 5 },
      evaluation: { seconds: 4 },
      deduplication: { seconds: 1 },
      storage: { seconds: 0.5 },
    },
    ...change,
  };
}
