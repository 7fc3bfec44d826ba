import type { StratumCount } from '../generation/plan.ts';
import type { Counts, ProviderCounts, RunSummary } from '../pipeline/run-summary.ts';
import type { Stratum } from '../questions/question.ts';
import {
  duplicateKinds,
  generationFailures,
  insertFailures,
  rejectionReasons,
  stages,
} from '../telemetry/labels.ts';

/** What the database knows of a run whose process cannot tell any more. */
export interface LostRun
  extends Pick<RunSummary, 'runId' | 'traceId' | 'trigger' | 'state' | 'seed'> {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** What it was going to store; absent where that was not chosen yet. */
  readonly planned: readonly StratumCount[];
  readonly stored: readonly StoredCount[];
}

/** Questions that a run stored, of one stratum and one author. */
export interface StoredCount extends Stratum {
  readonly provider: string;
  readonly count: number;
}

/**
 * Sums a run up from its plan and its rows. What it stored is exact, and was generated and approved; what
 * became of the rest died with the process and counts as not attempted, and so did its costs, its retries and
 * its times. The one fatal error tells such a summary from one that a run wrote itself.
 */
export function reconstructSummary(run: LostRun): RunSummary {
  const { runId, traceId, trigger, state, seed, startedAt, endedAt, planned, stored } = run;
  const inserted = sum(stored);
  const planless = { requested: 0, generated: 0, approved: 0, inserted: 0 };
  const byType = tally(stored, ({ type }) => type);
  const byDifficulty = tally(stored, ({ difficultyLevel }) => difficultyLevel);
  for (const { type, difficultyLevel, count } of planned) {
    const missing = Math.max(0, count - sum(stored.filter(isOf(type, difficultyLevel))));
    byType[type] ??= { ...planless };
    byDifficulty[difficultyLevel] ??= { ...planless };
    byType[type].requested += missing;
    byDifficulty[difficultyLevel].requested += missing;
  }
  const requested = Object.values(byType).reduce((total, counts) => total + counts.requested, 0);
  return {
    runId,
    traceId,
    trigger,
    state,
    seed,
    startedAt: startedAt.toISOString(),
    completedAt: endedAt.toISOString(),
    durationSeconds: Math.max(0, (endedAt.getTime() - startedAt.getTime()) / 1000),
    requested,
    generated: inserted,
    failed: { ...zeros(generationFailures), not_attempted: requested - inserted },
    approved: inserted,
    rejected: zeros(rejectionReasons),
    unjudged: 0,
    duplicates: zeros(duplicateKinds),
    inserted,
    insertFailed: zeros(insertFailures),
    discarded: 0,
    byProvider: tallyProviders(stored, requested - inserted),
    byType,
    byDifficulty,
    cost: { usd: 0, unpricedCalls: 0, byModel: [] },
    errors: { byCategory: { unknown: 1 }, bySeverity: { fatal: 1 } },
    retries: 0,
    fallbacks: 0,
    breakerTrips: 0,
    stages: Object.fromEntries(
      stages.map((stage) => [stage, { seconds: 0 }]),
    ) as RunSummary['stages'],
  };
}

const isOf = (type: string, difficultyLevel: string) => (stored: StoredCount) =>
  stored.type === type && stored.difficultyLevel === difficultyLevel;

function tally(
  stored: readonly StoredCount[],
  keyOf: (count: StoredCount) => string,
): Record<string, Counts> {
  const counts: Record<string, Counts> = {};
  for (const group of stored) {
    const key = keyOf(group);
    const known = counts[key]?.inserted ?? 0;
    const count = known + group.count;
    counts[key] = { requested: count, generated: count, approved: count, inserted: count };
  }
  return counts;
}

/** Who was to write what is missing is not known. */
function tallyProviders(
  stored: readonly StoredCount[],
  missing: number,
): Record<string, ProviderCounts> {
  const wrote = { failed: 0, handedOver: 0, takenOver: 0 };
  const known = Object.entries(tally(stored, ({ provider }) => provider));
  const counts: Record<string, ProviderCounts> = Object.fromEntries(
    known.map(([provider, each]) => [provider, { ...each, ...wrote }]),
  );
  if (missing > 0) {
    const nothing = { generated: 0, approved: 0, inserted: 0 };
    counts['unknown'] = { ...wrote, ...nothing, requested: missing, failed: missing };
  }
  return counts;
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0);
}

function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}
