import type { RejectionReason } from '../evaluation/verdict.ts';
import type {
  DuplicateKind,
  GenerationFailure,
  InsertFailure,
  RunOutcome,
  RunTrigger,
  Stage,
} from '../telemetry/labels.ts';

/** How far questions of one provider, type or difficulty came. */
export interface Counts {
  requested: number;
  generated: number;
  approved: number;
  inserted: number;
}

/** What one model was called for and what it cost. */
export interface ModelCost {
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Without the calls whose price is not known: see `unpricedCalls`. */
  readonly costUsd: number;
}

/**
 * What a run did, to the unit: the same numbers as its metrics and its rows.
 *
 * Three identities hold: `requested = generated + sum(failed)`,
 * `generated = approved + sum(rejected) + unjudged` and
 * `approved = sum(duplicates) + inserted + sum(insertFailed)`.
 */
export interface RunSummary {
  readonly runId: string;
  readonly traceId: string | null;
  readonly trigger: RunTrigger;
  readonly state: RunOutcome;
  readonly seed: number;
  readonly startedAt: string;
  readonly completedAt: string;
  readonly durationSeconds: number;
  readonly requested: number;
  readonly generated: number;
  readonly failed: Readonly<Record<GenerationFailure, number>>;
  readonly approved: number;
  readonly rejected: Readonly<Record<RejectionReason, number>>;
  readonly unjudged: number;
  readonly duplicates: Readonly<Record<DuplicateKind, number>>;
  readonly inserted: number;
  readonly insertFailed: Readonly<Record<InsertFailure, number>>;
  /** Surplus and unparsable items of a provider: outside the identities. */
  readonly discarded: number;
  readonly byProvider: Readonly<Record<string, Counts>>;
  readonly byType: Readonly<Record<string, Counts>>;
  readonly byDifficulty: Readonly<Record<string, Counts>>;
  readonly cost: {
    readonly usd: number;
    readonly unpricedCalls: number;
    readonly byModel: readonly ModelCost[];
  };
  readonly errors: {
    readonly byCategory: Readonly<Record<string, number>>;
    readonly bySeverity: Readonly<Record<string, number>>;
  };
  readonly retries: number;
  readonly breakerTrips: number;
  /** Time spent in each stage, added up over batches: more than the run took where batches overlap. */
  readonly stages: Readonly<Record<Stage, { readonly seconds: number }>>;
}

/** Raised when a run's counts do not add up: a defect in the pipeline, never a fault outside. */
export class AccountingError extends Error {
  override readonly name = 'AccountingError';
  readonly code = 'accounting_mismatch';
}

/** Sums the values of a record of counts. */
export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

type Accounts = Pick<
  RunSummary,
  | 'requested'
  | 'generated'
  | 'failed'
  | 'approved'
  | 'rejected'
  | 'unjudged'
  | 'duplicates'
  | 'inserted'
  | 'insertFailed'
>;

/** @throws {AccountingError} When one of the three identities does not hold. */
export function assertBalanced(run: Accounts): void {
  const identities: [name: string, whole: number, parts: number][] = [
    ['requested = generated + failed', run.requested, run.generated + total(run.failed)],
    [
      'generated = approved + rejected + unjudged',
      run.generated,
      run.approved + total(run.rejected) + run.unjudged,
    ],
    [
      'approved = duplicates + inserted + insertFailed',
      run.approved,
      total(run.duplicates) + run.inserted + total(run.insertFailed),
    ],
  ];
  const broken = identities.filter(([, whole, parts]) => whole !== parts);
  if (broken.length === 0) return;
  const text = broken.map(([name, whole, parts]) => `${name}: ${whole} is not ${parts}`);
  throw new AccountingError(`a run's counts do not add up: ${text.join('; ')}`);
}

/**
 * How a run ended, by what it did.
 *
 * A duplicate is a good end of a question. A failure is a question that was not generated, judged or stored;
 * a run in which nothing was stored or known already, for failures or because all were rejected, has failed.
 *
 * @param options.broken The plan could not be made, or was not met.
 */
export function outcomeOf(
  run: Accounts,
  options: { readonly interrupted: boolean; readonly broken: boolean },
): RunOutcome {
  if (options.interrupted) return 'interrupted';
  const failures = total(run.failed) + run.unjudged + total(run.insertFailed);
  const hasFaults = failures > 0 || options.broken;
  const goodEnds = run.inserted + total(run.duplicates);
  if (goodEnds === 0 && (run.requested > 0 || hasFaults)) return 'failed';
  return hasFaults ? 'partial' : 'succeeded';
}
