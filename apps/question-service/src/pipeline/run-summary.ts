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

/**
 * How far the questions of one provider came. A batch is the planned author's until another has written it: then
 * that one took it over, and what follows is booked with it. So for each provider
 * `requested + takenOver = generated + failed + handedOver`.
 */
export interface ProviderCounts extends Counts {
  failed: number;
  /** Questions of batches that another provider wrote in the place of this one. */
  handedOver: number;
  /** Questions of batches that this provider wrote in the place of another. */
  takenOver: number;
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
 * `approved = sum(duplicates) + inserted + sum(insertFailed)`. They hold for the run; the first one holds for each
 * provider when what it handed over and took over is added: see `ProviderCounts`. The steps by provider, type and
 * difficulty each add up to those of the run, and the costs by model to its cost.
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
  readonly byProvider: Readonly<Record<string, ProviderCounts>>;
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
  /** Attempts after the first, at models and at the bank. */
  readonly retries: number;
  /** Times that work went on from one provider to the next, in writing and in judging. */
  readonly fallbacks: number;
  /** Circuits of providers that this run's calls opened. */
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
type Breakdowns = Pick<RunSummary, 'byProvider' | 'byType' | 'byDifficulty' | 'errors' | 'cost'>;
type Identity = readonly [name: string, whole: number, parts: number];

/** @throws {AccountingError} When one of the identities of a summary does not hold. */
export function assertBalanced(run: Accounts & Breakdowns): void {
  const broken = [...identitiesOf(run), ...identitiesOfBreakdowns(run)].filter(
    ([, whole, parts]) => Math.abs(whole - parts) > 1e-9,
  );
  if (broken.length === 0) return;
  const text = broken.map(([name, whole, parts]) => `${name}: ${whole} is not ${parts}`);
  throw new AccountingError(`a run's counts do not add up: ${text.join('; ')}`);
}

function identitiesOf(run: Accounts): Identity[] {
  return [
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
}

const steps = ['requested', 'generated', 'approved', 'inserted'] as const;

function identitiesOfBreakdowns(run: Accounts & Breakdowns): Identity[] {
  const { byProvider, byType, byDifficulty, errors, cost } = run;
  const sums = Object.entries({ byType, byDifficulty, byProvider }).flatMap(([name, counts]) =>
    steps.map((step): Identity => [`${step} = sum(${name})`, run[step], sum(counts, step)]),
  );
  // Of a run whose process was killed nobody knows who was planned for what was not stored.
  const planned = sums.filter(([name]) => name !== 'requested = sum(byProvider)');
  const providers = Object.entries(byProvider).map(([name, counts]): Identity => {
    const { requested, takenOver, generated, failed, handedOver } = counts;
    const ends = generated + failed + handedOver;
    return [
      `${name}: requested + takenOver = generated + failed + handedOver`,
      requested + takenOver,
      ends,
    ];
  });
  return [
    ...planned,
    ...providers,
    ['handedOver = takenOver', sum(byProvider, 'handedOver'), sum(byProvider, 'takenOver')],
    ['errors by category = by severity', total(errors.byCategory), total(errors.bySeverity)],
    ['cost = sum(byModel)', cost.usd, cost.byModel.reduce((usd, model) => usd + model.costUsd, 0)],
  ];
}

function sum<Field extends string>(
  counts: Readonly<Record<string, Readonly<Record<Field, number>>>>,
  field: Field,
): number {
  return Object.values(counts).reduce((all, each) => all + each[field], 0);
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
